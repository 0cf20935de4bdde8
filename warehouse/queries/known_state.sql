-- What was said of each table of the known submissions: data (rows), zero (nothing) or unchanged (as before). The first
-- version of the program did not write it down: what it accepted had rows, or none.
CREATE OR REPLACE VIEW core.known_state AS
SELECT
    known_submission.submission_id,
    known_submission.form,
    known_submission.unit_code,
    known_submission.month,
    part.key AS table_id,
    coalesce(part.value ->> 'state', 'data') AS state
FROM core.known_submission
CROSS JOIN LATERAL jsonb_each(known_submission.layout) AS part;
