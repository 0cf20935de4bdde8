-- The submissions that were the current ones at the time of the setting huizong.as_of; without it, that are. The setting
-- stands in the conditions themselves: joined as a relation, it kept plans from looking a submission up by its number.
CREATE OR REPLACE VIEW core.known_submission AS
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
WHERE
    submission.status IN ('accepted', 'superseded', 'withdrawn')
    AND submission.recorded_from <= coalesce(nullif(current_setting('huizong.as_of', TRUE), '')::timestamptz, 'infinity')
    AND (
        submission.recorded_to IS NULL
        OR submission.recorded_to > coalesce(nullif(current_setting('huizong.as_of', TRUE), '')::timestamptz, 'infinity')
    );
