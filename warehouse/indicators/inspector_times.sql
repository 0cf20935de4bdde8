-- id: inspector_times
-- code: ENF03
-- name: 出动检查人次
-- name_en: inspector-times
-- definition: 期内各月报表所报出动检查人次之和，一人出动两次计2人次。
-- unit: 人次
-- better: none
-- over_time: sum
-- compare: year_ago, to_date
-- source: inspection
-- decimals: 0

-- 人次: an inspector who goes out twice counts twice.
SELECT
    source_id,
    unit_code,
    month AS on_date,
    staff_times AS numerator,
    NULL::bigint AS denominator
FROM form.inspection
WHERE staff_times > 0
