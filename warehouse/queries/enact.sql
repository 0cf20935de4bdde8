-- Held submissions come into force now, each as the next revision of its (form, unit, month).
UPDATE core.submission
SET
    status = 'accepted',
    recorded_from = :moment,
    audit_id = :audit_id,
    revision = 1 + coalesce((
        SELECT max(earlier.revision)
        FROM core.submission AS earlier
        WHERE
            earlier.form = submission.form
            AND earlier.unit_code = submission.unit_code
            AND earlier.month = submission.month
    ), 0)
WHERE submission.submission_id = any(cast(:submission_ids AS bigint[]))
