-- The reports that were due, received and on time, by the unit that owed them. A report is on time when the first that
-- came for it was.
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
),

first_arrival AS (
    SELECT
        form,
        unit_code,
        month,
        min(received_at) AS received_at
    FROM core.known_arrival
    GROUP BY
        form,
        unit_code,
        month
)

SELECT
    due.unit_code,
    due.form,
    due.month,
    (known_submission.submission_id IS NOT NULL)::int AS received,
    (
        known_submission.submission_id IS NOT NULL
        AND coalesce(first_arrival.received_at <= due_day.due_at, FALSE)
    )::int AS on_time
FROM due
LEFT JOIN core.due_day ON due.form = due_day.form AND due.month = due_day.month
LEFT JOIN first_arrival
    ON
        due.form = first_arrival.form
        AND due.unit_code = first_arrival.unit_code
        AND due.month = first_arrival.month
LEFT JOIN core.known_submission
    ON
        due.form = known_submission.form
        AND due.unit_code = known_submission.unit_code
        AND due.month = known_submission.month;

ANALYZE report_due
