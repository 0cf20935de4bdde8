-- What is in force where held submissions are to come into force.
WITH entering AS (
    SELECT
        form,
        unit_code,
        month
    FROM core.submission
    WHERE submission_id = any(cast(:submission_ids AS bigint[]))
)

SELECT submission.submission_id
FROM core.submission
INNER JOIN entering
    ON
        submission.form = entering.form
        AND submission.unit_code = entering.unit_code
        AND submission.month = entering.month
WHERE submission.status = 'accepted'
