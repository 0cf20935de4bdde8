-- The reports that were due and received, by the unit that owed them, and up the tree of units over periods.
-- Months that only belong to a period at the edge are not computed, so nobody is said to be silent in them.
CREATE TEMPORARY TABLE report_due ON COMMIT DROP AS
WITH due AS (
    SELECT DISTINCT
        obligation.unit_code,
        obligation.form,
        computed_month.month
    FROM core.known_obligation AS obligation
    INNER JOIN core.known_unit AS unit ON obligation.unit_code = unit.code
    INNER JOIN computed_month
        ON
            obligation.valid_from <= computed_month.month
            AND (obligation.valid_to IS NULL OR obligation.valid_to > computed_month.month)
            AND unit.valid_from <= computed_month.month
            AND (unit.valid_to IS NULL OR unit.valid_to > computed_month.month)
)

SELECT
    due.unit_code,
    due.form,
    due.month,
    (known_submission.submission_id IS NOT NULL)::int AS received
FROM due
LEFT JOIN core.known_submission
    ON
        due.form = known_submission.form
        AND due.unit_code = known_submission.unit_code
        AND due.month = known_submission.month;

ANALYZE report_due;

CREATE TEMPORARY TABLE report_count ON COMMIT DROP AS
WITH due_by_month AS (
    SELECT
        standing.above_code AS unit_code,
        report_due.form,
        report_due.month,
        count(*) AS expected,
        sum(report_due.received) AS received
    FROM report_due
    INNER JOIN month_line AS standing
        ON
            report_due.unit_code = standing.unit_code
            AND report_due.month >= standing.since
            AND report_due.month < standing.until
    GROUP BY
        standing.above_code,
        report_due.form,
        report_due.month
)

SELECT
    indicator_form.indicator_id,
    due_by_month.unit_code,
    period.kind AS period_kind,
    period.start_on,
    period.end_on,
    sum(due_by_month.expected) AS expected,
    sum(due_by_month.received) AS received
FROM due_by_month
INNER JOIN indicator_form ON due_by_month.form = indicator_form.form
INNER JOIN indicator_setting AS setting ON indicator_form.indicator_id = setting.indicator_id
-- What stands at the end of a period rests on the reports of its last month.
INNER JOIN period
    ON
        due_by_month.month >= CASE
            WHEN setting.is_end THEN (period.end_on - interval '1 month')::date
            ELSE period.start_on
        END
        AND due_by_month.month < period.end_on
GROUP BY
    indicator_form.indicator_id,
    due_by_month.unit_code,
    period.kind,
    period.start_on,
    period.end_on;

ANALYZE report_count
