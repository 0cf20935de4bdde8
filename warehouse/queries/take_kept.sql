-- The kept sums of the periods that are needed, beside those that were added up again.
CREATE TEMPORARY TABLE sum_kept ON COMMIT DROP AS
-- The first and the last day of all periods of an indicator leave most sums out, in half the time.
WITH span AS (
    SELECT
        indicator_id,
        min(start_on) AS start_on,
        max(end_on) AS end_on
    FROM needed
    GROUP BY indicator_id
)

SELECT
    kept.source, -- noqa: RF04
    kept.indicator_id,
    kept.unit_code,
    kept.dimension,
    kept.member,
    kept.period_kind,
    kept.start_on,
    kept.end_on,
    kept.numerator,
    kept.denominator,
    kept.evidence
FROM span
INNER JOIN core.computed_sum AS kept
    ON
        span.indicator_id = kept.indicator_id
        AND span.start_on < kept.end_on
        AND span.end_on >= kept.end_on
WHERE
    EXISTS (
        SELECT
        FROM needed
        WHERE
            kept.indicator_id = needed.indicator_id
            AND kept.start_on >= needed.start_on
            AND kept.end_on <= needed.end_on
    )
    AND NOT EXISTS (
        SELECT
        FROM touched
        WHERE
            kept.indicator_id = touched.indicator_id
            AND kept.end_on > touched.since
    );

INSERT INTO month_sum (indicator_id, unit_code, dimension, member, month, numerator, denominator, evidence)
SELECT
    indicator_id,
    unit_code,
    dimension,
    member,
    start_on AS month, -- noqa: RF04
    numerator,
    denominator,
    evidence
FROM sum_kept
WHERE source = 'month';

INSERT INTO period_sum (
    indicator_id, unit_code, dimension, member, period_kind, start_on, end_on, numerator, denominator, evidence
)
SELECT
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
FROM sum_kept
WHERE source = 'period';

INSERT INTO gathered (
    indicator_id, unit_code, dimension, member, period_kind, start_on, end_on, numerator, denominator, evidence
)
SELECT
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
FROM sum_kept
WHERE source = 'gathered'
