-- The reports that are known to be in force, the act by which somebody brought them there, and whether a backfill that
-- found them wrong sent them back later.
SELECT
    known.form,
    known.unit_code,
    known.month,
    known.submission_id,
    audit.what AS act,
    submission.status = 'superseded'
    AND EXISTS (
        SELECT
        FROM core.audit AS ending
        WHERE
            ending.what = 'backfill'
            AND ending.recorded_at = submission.recorded_to
    ) AS is_sent_back
FROM core.known_submission AS known
INNER JOIN core.submission ON known.submission_id = submission.submission_id
LEFT JOIN core.audit ON submission.audit_id = audit.audit_id
