-- All sums and reports, instead of those that were kept.
DELETE FROM core.computed_sum;

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
FROM sum_now;

DELETE FROM core.computed_report;

INSERT INTO core.computed_report
SELECT
    unit_code,
    form,
    month,
    received,
    on_time
FROM report_due
