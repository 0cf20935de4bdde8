-- id: major_accidents
-- code: ACC06
-- name: 较大及以上事故起数
-- name_en: accidents of grade 较大 and above
-- definition: 发生日期在期内、列入统计且等级为较大、重大、特别重大的事故，含较大事故（国务院令第493号第三条）。
-- unit: 起
-- better: lower
-- over_time: sum
-- compare: year_ago, to_date
-- source: accident
-- decimals: 0

-- 较大及以上 takes in 较大 itself: grades 2 to 4 of 国务院令第493号第三条.
SELECT
    grade_source_id AS source_id,
    town_code AS unit_code,
    occurred_on AS on_date,
    1 AS numerator,
    NULL::bigint AS denominator
FROM form.counted_accident
WHERE grade >= '2'
