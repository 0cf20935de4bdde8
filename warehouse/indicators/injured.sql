-- id: injured
-- code: ACC04
-- name: 受伤人数
-- name_en: injured
-- definition: 发生日期在期内、列入统计的事故的重伤与轻伤人数之和；以30日内（道路交通、火灾7日内）录入的为准（国务院令第493号第十三条）。
-- unit: 人
-- better: lower
-- over_time: sum
-- compare: year_ago, previous, to_date
-- source: accident
-- decimals: 0

-- 受伤 is seriously and slightly injured together; ACC03 has the first alone.
SELECT
    casualties_source_id AS source_id,
    town_code AS unit_code,
    occurred_on AS on_date,
    serious_injuries + minor_injuries AS numerator,
    NULL::bigint AS denominator
FROM form.counted_accident
WHERE serious_injuries + minor_injuries > 0
