-- The reports that were due, received and on time, by the unit that owed them. A report is on time when the first that
-- came for it was.
-- Months that only belong to a period at the edge are not known, so nobody is said to be silent in them.
CREATE TEMPORARY TABLE report_due ON COMMIT DROP AS
SELECT
    unit_code,
    form,
    month, -- noqa: RF04
    (submission_id IS NOT NULL)::int AS received,
    (submission_id IS NOT NULL AND coalesce(first_received_at <= due_at, FALSE))::int AS on_time
FROM pg_temp.known_owed;

ANALYZE report_due
