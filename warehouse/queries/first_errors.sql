-- The first error of each submission, where it has one.
SELECT DISTINCT ON (submission_id)
    submission_id,
    message
FROM core.issue
WHERE
    submission_id = any(cast(:submission_ids AS bigint[]))
    AND severity = 'error'
ORDER BY
    submission_id ASC,
    issue_id ASC
