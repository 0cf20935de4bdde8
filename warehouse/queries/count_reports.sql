-- The reports that were due, received and on time, up the tree of units over the periods that are needed.
CREATE TEMPORARY TABLE month_count ON COMMIT DROP AS
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
    report_due.month;

ANALYZE month_count;

-- Many indicators rest on one form: its reports are counted once for all of them. What stands at the end of a period
-- rests on the reports of its last month.
CREATE TEMPORARY TABLE form_count ON COMMIT DROP AS
WITH asked AS (
    SELECT DISTINCT
        indicator_form.form,
        setting.is_end,
        needed_month.period_kind,
        needed_month.start_on,
        needed_month.end_on,
        needed_month.month
    FROM needed_month
    INNER JOIN indicator_form ON needed_month.indicator_id = indicator_form.indicator_id
    INNER JOIN indicator_setting AS setting ON needed_month.indicator_id = setting.indicator_id
    WHERE NOT setting.is_end OR needed_month.month = (needed_month.end_on - interval '1 month')::date
)

SELECT
    month_count.form,
    month_count.unit_code,
    asked.is_end,
    asked.period_kind,
    asked.start_on,
    asked.end_on,
    sum(month_count.expected) AS expected,
    sum(month_count.received) AS received,
    sum(month_count.on_time) AS on_time
FROM month_count
INNER JOIN asked
    ON
        month_count.form = asked.form
        AND month_count.month = asked.month
GROUP BY
    month_count.form,
    month_count.unit_code,
    asked.is_end,
    asked.period_kind,
    asked.start_on,
    asked.end_on;

ANALYZE form_count;

CREATE TEMPORARY TABLE report_count ON COMMIT DROP AS
SELECT
    needed.indicator_id,
    form_count.unit_code,
    needed.period_kind,
    needed.start_on,
    needed.end_on,
    sum(form_count.expected) AS expected,
    sum(form_count.received) AS received,
    sum(form_count.on_time) AS on_time
FROM needed
INNER JOIN indicator_form ON needed.indicator_id = indicator_form.indicator_id
INNER JOIN indicator_setting AS setting ON needed.indicator_id = setting.indicator_id
INNER JOIN form_count
    ON
        indicator_form.form = form_count.form
        AND setting.is_end = form_count.is_end
        AND needed.period_kind = form_count.period_kind
        AND needed.start_on = form_count.start_on
        AND needed.end_on = form_count.end_on
GROUP BY
    needed.indicator_id,
    form_count.unit_code,
    needed.period_kind,
    needed.start_on,
    needed.end_on;

ANALYZE report_count
