-- id: publicity_activities
-- code: PUB01
-- name: 宣传活动场次
-- name_en: publicity activities
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
