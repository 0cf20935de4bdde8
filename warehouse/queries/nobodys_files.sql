-- The files in which nothing was found, or something that has no unit or no month still, in the order of arrival.
WITH latest AS (
    SELECT DISTINCT ON (file_id, form)
        file_id,
        unit_code,
        month
    FROM core.submission
    ORDER BY
        file_id ASC,
        form ASC,
        submission_id DESC
)

SELECT
    file.file_id,
    file.sha256,
    file.source,
    file.name, -- noqa: RF04
    file.size,
    file.received_at,
    file.archive,
    file.recorded_at
FROM core.file
WHERE
    NOT EXISTS (
        SELECT
        FROM latest
        WHERE latest.file_id = file.file_id
    )
    OR EXISTS (
        SELECT
        FROM latest
        WHERE
            latest.file_id = file.file_id
            AND (latest.unit_code IS NULL OR latest.month IS NULL)
    )
ORDER BY file.file_id
