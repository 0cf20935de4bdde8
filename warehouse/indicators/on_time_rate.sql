-- id: on_time_rate
-- code: SUB03
-- name: 按时报送率
-- name_en: reports submitted in time
-- definition: 分子为首次送达不迟于截止时间（次月第5个工作日17:30）的份数，被退回的也计，分母为应报份数（统计法）。
-- unit: %
-- better: higher
-- over_time: sum
-- compare: previous, to_date
-- source: submission
-- decimals: 1
-- value: ratio
-- factor: 100
-- breakdown: form

-- By the first arrival of anything for the report, sent back or not, as 统计法 counts lateness; it is due on the fifth
-- working day at 17:30.
SELECT
    source_id,
    unit_code,
    month AS on_date,
    coalesce(first_received_at <= due_at, FALSE)::int AS numerator,
    1 AS denominator,
    form
FROM form.known_owed
