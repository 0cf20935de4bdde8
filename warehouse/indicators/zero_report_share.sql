-- id: zero_report_share
-- code: SUB04
-- name: 零报告占比
-- name_en: share of zero reports
-- definition: 分子为零报告份数，分母为已接收的报表份数；无变化不是零报告。
-- unit: %
-- better: none
-- over_time: sum
-- compare: previous
-- source: submission
-- decimals: 1
-- value: ratio
-- factor: 100

-- Of the accepted reports those that say that nothing happened; 无变化 is no 零报告.
SELECT
    source_id,
    unit_code,
    month AS on_date,
    (situation = 'zero')::int AS numerator,
    1 AS denominator,
    form
FROM form.known_owed
WHERE submission_id IS NOT NULL
