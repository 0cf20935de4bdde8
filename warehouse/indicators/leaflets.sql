-- id: leaflets
-- code: PUB04
-- name: 发放宣传资料
-- name_en: leaflets
-- unit: 份
-- better: none
-- over_time: sum
-- compare: year_ago, to_date
-- source: publicity
-- decimals: 0
SELECT
    source_id,
    unit_code,
    held_on AS on_date,
    materials AS numerator,
    NULL::bigint AS denominator
FROM form.counted_publicity
WHERE materials > 0
