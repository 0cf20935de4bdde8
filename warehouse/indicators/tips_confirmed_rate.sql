-- id: tips_confirmed_rate
-- code: TIP02
-- name: 举报查实率
-- name_en: share of tips confirmed
-- definition: 分子为核查结论为属实、部分属实的，分母为办结日期在期内的已受理举报。
-- unit: %
-- better: none
-- over_time: sum
-- compare: year_ago
-- source: tip
-- decimals: 1
-- value: ratio
-- factor: 100

-- 属实 and 部分属实 together, of the accepted tips that were closed in the period.
SELECT
    source_id,
    unit_code,
    closed_on AS on_date,
    (finding IN ('confirmed', 'partly_confirmed'))::int AS numerator,
    1 AS denominator
FROM form.counted_tip
WHERE
    accepted
    AND closed_on IS NOT NULL
