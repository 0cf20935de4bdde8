-- The submissions that were the current ones at the time of the setting huizong.as_of; without it, that are.
CREATE OR REPLACE VIEW core.known_submission AS
WITH known AS (
    SELECT coalesce(nullif(current_setting('huizong.as_of', TRUE), '')::timestamptz, 'infinity') AS as_of
)

SELECT
    submission.submission_id,
    submission.file_id,
    submission.form,
    submission.unit_code,
    submission.month,
    submission.version,
    submission.revision,
    submission.situation,
    submission.layout,
    submission.rows,
    submission.warnings,
    submission.recorded_from,
    submission.recorded_to
FROM core.submission
CROSS JOIN known
WHERE
    submission.status IN ('accepted', 'superseded', 'withdrawn')
    AND submission.recorded_from <= known.as_of
    AND (submission.recorded_to IS NULL OR submission.recorded_to > known.as_of);
