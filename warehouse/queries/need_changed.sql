-- The periods of indicators that may differ from what was computed last: those that contain a sum or a report that
-- does or a month that was not known, and those that are compared with them. What they are compared with is needed
-- beside them.
CREATE TEMPORARY TABLE sum_before ON COMMIT DROP AS
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
FROM core.computed_sum AS kept
INNER JOIN touched ON kept.indicator_id = touched.indicator_id AND kept.end_on > touched.since;

-- Both have the columns of a kept sum, in this order.
CREATE TEMPORARY TABLE differing_sum ON COMMIT DROP AS
SELECT
    only_now.*, -- noqa: AM04
    TRUE AS is_now
FROM (
    SELECT
        *
    FROM sum_now
    EXCEPT
    SELECT
        *
    FROM sum_before
) AS only_now -- noqa: AM04
UNION ALL
SELECT
    only_before.*, -- noqa: AM04
    FALSE AS is_now
FROM (
    SELECT
        *
    FROM sum_before
    EXCEPT
    SELECT
        *
    FROM sum_now
) AS only_before; -- noqa: AM04

CREATE TEMPORARY TABLE differing_report ON COMMIT DROP AS
SELECT
    only_here.*,
    TRUE AS is_now
FROM (
    SELECT
        report_due.unit_code,
        report_due.form,
        report_due.month,
        report_due.received,
        report_due.on_time
    FROM report_due
    EXCEPT
    SELECT
        computed_report.unit_code,
        computed_report.form,
        computed_report.month,
        computed_report.received,
        computed_report.on_time
    FROM core.computed_report
) AS only_here
UNION ALL
SELECT
    only_here.*,
    FALSE AS is_now
FROM (
    SELECT
        computed_report.unit_code,
        computed_report.form,
        computed_report.month,
        computed_report.received,
        computed_report.on_time
    FROM core.computed_report
    EXCEPT
    SELECT
        report_due.unit_code,
        report_due.form,
        report_due.month,
        report_due.received,
        report_due.on_time
    FROM report_due
) AS only_here;

ANALYZE differing_sum, differing_report;

INSERT INTO needed
WITH changed_month AS (
    SELECT DISTINCT
        indicator_id,
        start_on AS month -- noqa: RF04
    FROM differing_sum
    WHERE source = 'month'
    UNION
    SELECT DISTINCT
        indicator_form.indicator_id,
        differing_report.month
    FROM differing_report
    INNER JOIN indicator_form ON differing_report.form = indicator_form.form
),

hit AS (
    SELECT
        changed_month.indicator_id,
        period.kind,
        period.start_on,
        period.end_on
    FROM changed_month
    INNER JOIN period ON changed_month.month >= period.start_on AND changed_month.month < period.end_on
    UNION
    SELECT
        indicator_id,
        period_kind AS kind,
        start_on,
        end_on
    FROM differing_sum
    WHERE source <> 'month'
    UNION
    SELECT
        touched.indicator_id,
        period.kind,
        period.start_on,
        period.end_on
    FROM touched
    INNER JOIN period ON touched.fresh_from < period.until_on
),

wanted AS (
    SELECT
        hit.indicator_id,
        period.kind,
        period.start_on,
        period.end_on
    FROM hit
    INNER JOIN period
        ON
            hit.kind = period.kind
            AND (
                (hit.start_on = period.start_on AND hit.end_on = period.end_on)
                OR (
                    (hit.start_on + interval '1 year')::date = period.start_on
                    AND (hit.end_on + interval '1 year')::date = period.end_on
                )
                OR (period.kind <> 'year_to_date' AND hit.end_on = period.start_on)
            )
    GROUP BY
        hit.indicator_id,
        period.kind,
        period.start_on,
        period.end_on
)

SELECT
    wanted.indicator_id,
    period.kind AS period_kind,
    period.start_on,
    period.end_on,
    bool_or(wanted.start_on = period.start_on AND wanted.end_on = period.end_on) AS is_wanted
FROM wanted
INNER JOIN period
    ON
        wanted.kind = period.kind
        AND (
            (wanted.start_on = period.start_on AND wanted.end_on = period.end_on)
            OR (
                (wanted.start_on - interval '1 year')::date = period.start_on
                AND (wanted.end_on - interval '1 year')::date = period.end_on
            )
            OR (period.kind <> 'year_to_date' AND wanted.start_on = period.end_on)
        )
GROUP BY
    wanted.indicator_id,
    period.kind,
    period.start_on,
    period.end_on
