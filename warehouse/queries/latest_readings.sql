-- Of each file and form the submission that was read last, with what tells whether it would be read so again.
-- One is held back when a rule across forms sent it back and neither this rule nor its form has changed since: what
-- arrived later is no reason to judge it anew.
SELECT DISTINCT ON (submission.file_id, submission.form)
    submission.file_id,
    submission.form,
    submission.submission_id AS known_id,
    submission.unit_code AS known_unit_code,
    submission.month AS known_month,
    submission.version AS known_version,
    submission.situation AS known_situation,
    submission.correction AS known_correction,
    submission.status AS known_status,
    submission.layout AS known_layout,
    submission.content_sha256 AS known_sha256,
    submission.rows AS known_rows,
    submission.recorded_from AS known_from,
    submission.status = 'rejected'
    AND EXISTS (
        SELECT
        FROM core.issue
        INNER JOIN core.definition AS held_by ON issue.code = held_by.code
        WHERE
            issue.submission_id = submission.submission_id
            AND issue.severity = 'error'
            AND held_by.kind = 'rule'
            AND coalesce(held_by.changed_at < submission.recorded_from, TRUE)
    )
    AND NOT EXISTS (
        SELECT
        FROM core.definition AS own
        WHERE
            own.kind = 'form'
            AND own.name = submission.form
            AND own.changed_at >= submission.recorded_from
    ) AS is_held_back
FROM core.submission
WHERE submission.file_id = any(cast(:file_ids AS bigint[]))
ORDER BY
    submission.file_id ASC,
    submission.form ASC,
    submission.submission_id DESC
