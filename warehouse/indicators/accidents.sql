-- id: accidents
-- code: ACC01
-- name: 生产安全事故起数
-- name_en: accidents
-- unit: 起
-- better: lower
-- over_time: sum
-- compare: year_ago, previous, to_date
-- source: accident
-- decimals: 0
SELECT
    source_id,
    town_code AS unit_code,
    occurred_on AS on_date,
    1 AS numerator,
    NULL::bigint AS denominator
FROM form.counted_accident
