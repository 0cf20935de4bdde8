-- id: fatal_accidents
-- code: ACC07
-- name: 亡人事故起数
-- name_en: fatal accidents
-- unit: 起
-- better: lower
-- over_time: sum
-- compare: year_ago, previous, to_date
-- source: accident
-- decimals: 0

-- An accident whose missing are not found yet is none of these: their death is reported later (ACC02).
SELECT
    casualties_source_id AS source_id,
    town_code AS unit_code,
    occurred_on AS on_date,
    1 AS numerator,
    NULL::bigint AS denominator
FROM form.counted_accident
WHERE deaths > 0
