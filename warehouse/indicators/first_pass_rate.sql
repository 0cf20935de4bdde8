-- id: first_pass_rate
-- code: SUB05
-- name: 一次通过率
-- name_en: reports accepted at the first attempt
-- definition: 分子为首次报送没有被退回的报表份数，分母为期内各月应报报表中收到过报送的份数；从未报送的不计。
-- unit: %
-- better: higher
-- over_time: sum
-- compare: previous
-- source: submission
-- decimals: 1
-- value: ratio
-- factor: 100

-- By the first that came for each report, whatever came later; one of which nothing came is not judged.
SELECT
    source_id,
    unit_code,
    month AS on_date,
    (NOT is_first_rejected)::int AS numerator,
    1 AS denominator,
    form
FROM form.known_owed
WHERE first_received_at IS NOT NULL
