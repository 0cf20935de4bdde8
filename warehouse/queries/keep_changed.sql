-- The sums and reports that differ from those that were kept.
DELETE FROM core.computed_sum
USING differing_sum AS differing
WHERE
    NOT differing.is_now
    AND computed_sum.indicator_id = differing.indicator_id
    AND computed_sum.source = differing.source
    AND computed_sum.unit_code IS NOT DISTINCT FROM differing.unit_code
    AND computed_sum.dimension = differing.dimension
    AND computed_sum.member = differing.member
    AND computed_sum.period_kind = differing.period_kind
    AND computed_sum.start_on = differing.start_on
    AND computed_sum.end_on = differing.end_on;

DELETE FROM core.computed_report
USING differing_report AS differing
WHERE
    NOT differing.is_now
    AND computed_report.unit_code = differing.unit_code
    AND computed_report.form = differing.form
    AND computed_report.month = differing.month;

INSERT INTO core.computed_sum
SELECT
    source,
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
FROM differing_sum
WHERE is_now;

INSERT INTO core.computed_report
SELECT
    unit_code,
    form,
    month, -- noqa: RF04
    received,
    on_time
FROM differing_report
WHERE is_now
