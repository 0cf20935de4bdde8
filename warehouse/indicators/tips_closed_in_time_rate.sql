-- id: tips_closed_in_time_rate
-- code: TIP03
-- name: 举报按期办结率
-- name_en: share of tips closed in time
-- definition: 分子为办结期限当日及以前办结的，分母为办结期限在期内的已受理举报。
-- unit: %
-- better: higher
-- over_time: sum
-- compare: year_ago
-- source: tip
-- decimals: 1
-- value: ratio
-- factor: 100

-- A cohort: of the accepted tips that were due in the period those closed by the day on which they were due.
SELECT
    source_id,
    unit_code,
    due_on AS on_date,
    coalesce(closed_on <= due_on, FALSE)::int AS numerator,
    1 AS denominator
FROM form.counted_tip
WHERE accepted
