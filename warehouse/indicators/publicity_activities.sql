-- id: publicity_activities
-- code: PUB01
-- name: 宣传活动场次
-- name_en: publicity activities
-- definition: 活动日期在期内的宣传活动，同一单位同一活动编号计1场次。
-- unit: 场次
-- better: higher
-- over_time: sum
-- compare: year_ago, previous, to_date
-- source: publicity
-- decimals: 0
SELECT
    source_id,
    unit_code,
    held_on AS on_date,
    1 AS numerator,
    NULL::bigint AS denominator
FROM form.counted_publicity
