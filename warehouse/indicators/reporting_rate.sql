-- id: reporting_rate
-- code: SUB02
-- name: 报送率
-- name_en: reports submitted
-- definition: 分子为已接收的报表份数，分母为应报份数；退回后未补报的不算已接收。
-- unit: %
-- better: higher
-- over_time: sum
-- compare: previous, to_date
-- source: submission
-- decimals: 1
-- value: ratio
-- factor: 100
-- breakdown: form

-- Of the reports that are owed those accepted; one sent back and never mended is none.
SELECT
    source_id,
    unit_code,
    month AS on_date,
    (submission_id IS NOT NULL)::int AS numerator,
    1 AS denominator,
    form
FROM form.known_owed
