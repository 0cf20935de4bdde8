-- Files in which nothing was found, or something without a unit or a month; the newest of each name.
SELECT
    file.name,
    file.received_at,
    coalesce(first_issue.message, '') AS message
FROM core.file
LEFT JOIN LATERAL (
    SELECT issue.message
    FROM core.issue
    WHERE issue.file_id = file.file_id
    ORDER BY
        issue.severity,
        issue.issue_id
    LIMIT 1
) AS first_issue ON TRUE
WHERE
    NOT EXISTS (
        SELECT
        FROM core.file AS newer
        WHERE
            newer.name = file.name
            AND newer.file_id > file.file_id
    )
    AND (
        NOT EXISTS (
            SELECT
            FROM core.submission
            WHERE submission.file_id = file.file_id
        )
        OR EXISTS (
            SELECT
            FROM core.submission
            WHERE
                submission.file_id = file.file_id
                AND (submission.unit_code IS NULL OR submission.month IS NULL)
                -- A backfill may have found its place since.
                AND NOT EXISTS (
                    SELECT
                    FROM core.submission AS later
                    WHERE
                        later.file_id = submission.file_id
                        AND later.form = submission.form
                        AND later.submission_id > submission.submission_id
                )
        )
    )
ORDER BY
    file.received_at,
    file.name
