-- The reports that were due, received and on time, up the tree of units over the periods that are needed.
CREATE TEMPORARY TABLE report_count ON COMMIT DROP AS
WITH due_by_month AS (
    SELECT
        standing.above_code AS unit_code,
        report_due.form,
        report_due.month,
        count(*) AS expected,
        sum(report_due.received) AS received,
        sum(report_due.on_time) AS on_time
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
    needed.period_kind,
    needed.start_on,
    needed.end_on,
    sum(due_by_month.expected) AS expected,
    sum(due_by_month.received) AS received,
    sum(due_by_month.on_time) AS on_time
FROM due_by_month
INNER JOIN indicator_form ON due_by_month.form = indicator_form.form
INNER JOIN indicator_setting AS setting ON indicator_form.indicator_id = setting.indicator_id
-- What stands at the end of a period rests on the reports of its last month.
INNER JOIN needed
    ON
        indicator_form.indicator_id = needed.indicator_id
        AND due_by_month.month >= CASE
            WHEN setting.is_end THEN (needed.end_on - interval '1 month')::date
            ELSE needed.start_on
        END
        AND due_by_month.month < needed.end_on
GROUP BY
    indicator_form.indicator_id,
    due_by_month.unit_code,
    needed.period_kind,
    needed.start_on,
    needed.end_on;

ANALYZE report_count
