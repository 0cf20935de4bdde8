-- What is known of each (form, unit, month) that is about to be loaded, where anything is. A report that was withdrawn
-- takes what came before it along: versions start anew, revisions go on. Of what is in force and what is held for a
-- closed month the latter is the newer one. What a backfill sent back counts as little as what went back at once.
WITH wanted AS (
    SELECT DISTINCT
        given.form,
        given.unit_code,
        given.month
    FROM unnest(
        cast(:forms AS text[]), cast(:unit_codes AS text[]), cast(:months AS date[])
    ) AS given (form, unit_code, month)
),

withdrawn AS (
    SELECT
        submission.form,
        submission.unit_code,
        submission.month,
        max(audit.recorded_at) AS moment
    FROM core.submission
    INNER JOIN core.audit ON submission.audit_id = audit.audit_id
    INNER JOIN wanted
        ON
            submission.form = wanted.form
            AND submission.unit_code = wanted.unit_code
            AND submission.month = wanted.month
    WHERE submission.status = 'withdrawn'
    GROUP BY
        submission.form,
        submission.unit_code,
        submission.month
)

SELECT
    submission.form,
    submission.unit_code,
    submission.month,
    max(submission.version) FILTER (
        WHERE
        (withdrawn.moment IS NULL OR submission.recorded_from > withdrawn.moment)
        AND sent_back.submission_id IS NULL
    ) AS version, -- noqa: RF04
    coalesce(max(submission.revision), 0) AS revision,
    max(submission.submission_id) FILTER (WHERE submission.status = 'accepted') AS accepted_id,
    max(submission.submission_id) FILTER (WHERE submission.status = 'held') AS held_id,
    coalesce(
        max(submission.content_sha256) FILTER (WHERE submission.status = 'held'),
        max(submission.content_sha256) FILTER (WHERE submission.status = 'accepted')
    ) AS content_sha256
FROM core.submission
INNER JOIN wanted
    ON
        submission.form = wanted.form
        AND submission.unit_code = wanted.unit_code
        AND submission.month = wanted.month
LEFT JOIN withdrawn
    ON
        submission.form = withdrawn.form
        AND submission.unit_code = withdrawn.unit_code
        AND submission.month = withdrawn.month
LEFT JOIN LATERAL (
    SELECT later.submission_id
    FROM core.submission AS later
    WHERE
        later.file_id = submission.file_id
        AND later.form = submission.form
        AND later.submission_id > submission.submission_id
        AND later.status = 'rejected'
    ORDER BY later.submission_id
    LIMIT 1
) AS sent_back ON TRUE
WHERE submission.status <> 'rejected'
GROUP BY
    submission.form,
    submission.unit_code,
    submission.month
