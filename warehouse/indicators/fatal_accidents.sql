-- id: fatal_accidents
-- code: ACC07
-- name: 亡人事故起数
-- name_en: fatal accidents
-- definition: 发生日期在期内、列入统计且死亡1人及以上的事故；只有下落不明人员的不计。
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
