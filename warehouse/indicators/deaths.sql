-- id: deaths
-- code: ACC02
-- name: 死亡人数
-- name_en: deaths
-- definition: 发生日期在期内、列入统计的事故的死亡人数，不含下落不明；以30日内（道路交通、火灾7日内）录入的为准（国务院令第493号第十三条）。
-- unit: 人
-- better: lower
-- over_time: sum
-- compare: year_ago, previous, to_date
-- source: accident
-- decimals: 0

-- Dead alone: who is missing counts in the grade (国务院令第493号第三条) and not here; 死亡和下落不明 is another figure.
SELECT
    casualties_source_id AS source_id,
    town_code AS unit_code,
    occurred_on AS on_date,
    deaths AS numerator,
    NULL::bigint AS denominator
FROM form.counted_accident
WHERE deaths > 0
