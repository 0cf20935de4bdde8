-- For each form and month of which reports came since the last publication: how many rows a report has, and how many it
-- usually had in the six months before. Where at least three of these are known and half of the reports are there: the
-- first reports of a month say nothing of it.
WITH asked AS (
    SELECT cast(:since AS timestamptz) AS since
),

due AS (
    SELECT
        form,
        month,
        count(*) AS expected,
        sum(received) AS received
    FROM report_due
    GROUP BY
        form,
        month
),

volume AS (
    SELECT
        due.form,
        due.month,
        count(*) AS reports,
        avg(known.rows)::float8 AS rows_a_report,
        bool_or(known.recorded_from > asked.since) AS is_new
    FROM due
    CROSS JOIN asked
    INNER JOIN core.known_submission AS known ON due.form = known.form AND due.month = known.month
    WHERE
        due.received * 2 >= due.expected
        -- "As before" says nothing of how much that is.
        AND known.situation <> 'unchanged'
    GROUP BY
        due.form,
        due.month
),

usual AS (
    SELECT
        here.form,
        here.month,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY past.rows_a_report) AS rows_a_report,
        count(*) AS months
    FROM volume AS here
    INNER JOIN volume AS past
        ON
            here.form = past.form
            AND here.month > past.month
            AND past.month >= (here.month - interval '6 months')::date
    WHERE here.is_new
    GROUP BY
        here.form,
        here.month
)

SELECT
    concat_ws(' ', form.code, form.title, to_char(here.month, 'YYYY-MM')) AS place,
    CASE
        -- So few rows more or less are no change of volume.
        WHEN abs(here.rows_a_report - usual.rows_a_report) * here.reports < 20 THEN 1
        ELSE here.rows_a_report / usual.rows_a_report
    END AS ratio
FROM volume AS here
INNER JOIN usual ON here.form = usual.form AND here.month = usual.month
INNER JOIN core.form ON here.form = form.id
WHERE
    usual.months >= 3
    AND usual.rows_a_report > 0
ORDER BY
    form.code,
    here.month
