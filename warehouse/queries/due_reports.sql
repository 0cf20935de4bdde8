-- The reports that were due and received, by the unit that owed them.
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

ANALYZE report_due
