-- id: drills
-- code: DRL01
-- name: 应急演练场次
-- name_en: drills
-- definition: 演练日期在期内的应急演练，同一单位同一演练编号计1场次。
-- unit: 场次
-- better: higher
-- over_time: sum
-- compare: year_ago, previous, to_date
-- source: drill
-- decimals: 0
SELECT
    source_id,
    unit_code,
    held_on AS on_date,
    1 AS numerator,
    NULL::bigint AS denominator
FROM form.counted_drill
