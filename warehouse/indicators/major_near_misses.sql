-- id: major_near_misses
-- code: INC03
-- name: 较大涉险事故起数
-- name_en: major near-misses
-- definition: 发生日期在期内、类型为较大涉险事故的事件（21号令第二十六条），同一事件编号计1起，不计入生产安全事故。
-- unit: 起
-- better: lower
-- over_time: sum
-- compare: year_ago, to_date
-- source: incident
-- decimals: 0

-- 较大涉险事故 as 21号令第二十六条 lists them: nobody died, and it could have been a grave accident.
SELECT
    source_id,
    town_code AS unit_code,
    occurred_on AS on_date,
    1 AS numerator,
    NULL::bigint AS denominator
FROM form.counted_incident
WHERE incident_type = 'major_near_miss'
