-- id: days_to_rectify
-- code: HAZ11
-- name: 平均整改天数
-- name_en: mean days to rectify
-- definition: 分子为自排查日期至验收日期的天数之和，分母为验收日期在期内的隐患数；往期排查、本期销号的也计。
-- unit: 天
-- better: lower
-- over_time: sum
-- compare: year_ago
-- source: hazard
-- decimals: 1
-- value: ratio

-- Of those verified in the period, from the day on which each was found, which may lie long before it.
SELECT
    source_id,
    unit_code,
    verified_on AS on_date,
    verified_on - found_on AS numerator,
    1 AS denominator
FROM form.counted_hazard
WHERE verified_on IS NOT NULL
