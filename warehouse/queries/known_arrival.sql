-- Everything that had arrived for a report by the time of the setting huizong.as_of; without it, everything.
CREATE OR REPLACE VIEW core.known_arrival AS
WITH known AS (
    SELECT coalesce(nullif(current_setting('huizong.as_of', TRUE), '')::timestamptz, 'infinity') AS as_of
)

SELECT
    submission.submission_id,
    submission.form,
    submission.unit_code,
    submission.month,
    file.received_at,
    submission.status = 'rejected' AS is_rejected
FROM core.submission
INNER JOIN core.file ON submission.file_id = file.file_id
INNER JOIN known ON file.recorded_at <= known.as_of
WHERE
    submission.unit_code IS NOT NULL
    AND submission.month IS NOT NULL;
