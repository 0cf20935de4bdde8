-- id: sent_to_justice
-- code: ENF11
-- name: 移送司法起数
-- name_en: sent to justice
-- definition: 期内各月报表所报移送司法起数之和。
-- unit: 起
-- better: none
-- over_time: sum
-- compare: year_ago, to_date
-- source: inspection
-- decimals: 0
SELECT
    source_id,
    unit_code,
    month AS on_date,
    to_justice AS numerator,
    NULL::bigint AS denominator
FROM form.inspection
WHERE to_justice > 0
