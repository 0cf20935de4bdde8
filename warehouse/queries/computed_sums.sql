-- The sums of contributing rows in one relation, as core.computed_sum keeps them.
CREATE TEMPORARY TABLE sum_now ON COMMIT DROP AS
SELECT
    'month' AS source, -- noqa: RF04
    indicator_id,
    unit_code,
    dimension,
    member,
    'month' AS period_kind,
    month AS start_on, -- noqa: RF04
    (month + interval '1 month')::date AS end_on,
    numerator,
    denominator,
    evidence
FROM month_sum
UNION ALL
SELECT
    'period' AS source, -- noqa: RF04
    indicator_id,
    unit_code,
    dimension,
    member,
    period_kind,
    start_on,
    end_on,
    numerator,
    denominator,
    evidence
FROM period_sum
UNION ALL
SELECT
    'gathered' AS source, -- noqa: RF04
    indicator_id,
    unit_code,
    dimension,
    member,
    period_kind,
    start_on,
    end_on,
    numerator,
    denominator,
    evidence
FROM gathered;

ANALYZE sum_now
