-- Everything that had arrived for a report by the time of the setting huizong.as_of; without it, everything. What was
-- held for a closed month counts when it is let in, with the time at which it came: until then the month stands.
CREATE OR REPLACE VIEW core.known_arrival AS
SELECT
    submission.submission_id,
    submission.form,
    submission.unit_code,
    submission.month,
    file.received_at,
    submission.status = 'rejected' AS is_rejected
FROM core.submission
INNER JOIN core.file ON submission.file_id = file.file_id
WHERE
    submission.recorded_from <= coalesce(nullif(current_setting('huizong.as_of', TRUE), '')::timestamptz, 'infinity')
    AND submission.unit_code IS NOT NULL
    AND submission.month IS NOT NULL
    -- Only what never came into force has no revision; what was held stood for some time all the same.
    AND (
        submission.revision IS NOT NULL
        OR submission.status IN ('rejected', 'identical')
        OR submission.recorded_to = submission.recorded_from
    );
