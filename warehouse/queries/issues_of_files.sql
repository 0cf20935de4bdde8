-- Everything that was found in these submissions, and in these files as a whole, in the order in which it was.
SELECT
    file_id,
    submission_id,
    severity,
    code,
    sheet,
    row, -- noqa: RF04
    "column",
    field,
    value, -- noqa: RF04
    message
FROM core.issue
WHERE
    submission_id = any(cast(:submission_ids AS bigint[]))
    OR (submission_id IS NULL AND file_id = any(cast(:file_ids AS bigint[])))
ORDER BY issue_id
