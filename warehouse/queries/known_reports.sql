-- The reports that are known to be in force, and whether somebody let them into a closed month.
SELECT
    known.form,
    known.unit_code,
    known.month,
    known.submission_id,
    coalesce(audit.what = 'release', FALSE) AS is_released
FROM core.known_submission AS known
INNER JOIN core.submission ON known.submission_id = submission.submission_id
LEFT JOIN core.audit ON submission.audit_id = audit.audit_id
