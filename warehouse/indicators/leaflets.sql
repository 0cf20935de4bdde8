-- id: leaflets
-- code: PUB04
-- name: 发放宣传资料
-- name_en: leaflets
-- definition: 活动日期在期内的宣传活动发放的资料份数之和，同一单位同一活动编号只计一次。
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
