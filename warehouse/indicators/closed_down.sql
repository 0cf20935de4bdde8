-- id: closed_down
-- code: ENF10
-- name: 关闭取缔家数
-- name_en: closed
-- definition: 期内各月报表所报关闭取缔家数之和。
-- unit: 家
-- better: none
-- over_time: sum
-- compare: year_ago, to_date
-- source: inspection
-- decimals: 0
SELECT
    source_id,
    unit_code,
    month AS on_date,
    closed_down AS numerator,
    NULL::bigint AS denominator
FROM form.inspection
WHERE closed_down > 0
