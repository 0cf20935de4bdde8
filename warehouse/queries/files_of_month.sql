-- The files of which something was ever submitted for a month, and those given besides, in the order of arrival.
WITH wanted AS (
    SELECT
        cast(:month AS date) AS first_day,
        cast(:form AS text) AS form,
        cast(:unit_code AS text) AS unit_code,
        cast(:others AS bigint[]) AS others_too
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
CROSS JOIN wanted
WHERE
    file.file_id = any(wanted.others_too)
    OR EXISTS (
        SELECT
        FROM core.submission
        WHERE
            submission.file_id = file.file_id
            AND submission.month = wanted.first_day
            AND submission.form = coalesce(wanted.form, submission.form)
            AND submission.unit_code = coalesce(wanted.unit_code, submission.unit_code)
    )
ORDER BY file.file_id
