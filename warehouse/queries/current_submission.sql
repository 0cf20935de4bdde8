-- What is known of each (form, unit, month) that is about to be loaded, where anything is.
WITH wanted AS (
    SELECT DISTINCT
        given.form,
        given.unit_code,
        given.month
    FROM unnest(
        cast(:forms AS text[]), cast(:unit_codes AS text[]), cast(:months AS date[])
    ) AS given (form, unit_code, month)
)

SELECT
    submission.form,
    submission.unit_code,
    submission.month,
    max(submission.version) AS version, -- noqa: RF04
    coalesce(max(submission.revision), 0) AS revision,
    max(submission.submission_id) FILTER (WHERE submission.status = 'accepted') AS submission_id,
    max(submission.content_sha256) FILTER (WHERE submission.status = 'accepted') AS content_sha256
FROM core.submission
INNER JOIN wanted
    ON
        submission.form = wanted.form
        AND submission.unit_code = wanted.unit_code
        AND submission.month = wanted.month
WHERE submission.status <> 'rejected'
GROUP BY
    submission.form,
    submission.unit_code,
    submission.month
