-- What senders have yet to look at: of each file, unit and month the reports that are the last word of their sender, or
-- wait for it, where something is wrong with them; and the files in which no report was found.
WITH newest AS (
    -- A backfill may have read a file anew.
    SELECT DISTINCT ON (submission.file_id, submission.form)
        submission.submission_id,
        submission.file_id,
        submission.form,
        submission.unit_code,
        submission.month,
        submission.status
    FROM core.submission
    ORDER BY
        submission.file_id ASC,
        submission.form ASC,
        submission.submission_id DESC
),

-- What says the same as the report in force asks nothing new, and takes back what was sent in between.
said AS (
    SELECT
        newest.*,
        max(newest.file_id) FILTER (WHERE newest.status = 'identical') OVER report AS repeated_by
    FROM newest
    WINDOW report AS (
        PARTITION BY
            newest.form,
            newest.unit_code,
            newest.month,
            CASE WHEN newest.unit_code IS NULL OR newest.month IS NULL THEN newest.file_id END
    )
),

standing AS (
    SELECT
        said.*,
        row_number() OVER (
            PARTITION BY
                said.form,
                said.unit_code,
                said.month,
                CASE WHEN said.unit_code IS NULL OR said.month IS NULL THEN said.file_id END
            ORDER BY said.file_id DESC
        ) AS standing_place
    FROM said
    WHERE
        said.status <> 'identical'
        AND NOT (said.status = 'rejected' AND said.file_id < coalesce(said.repeated_by, 0))
),

alive AS (
    SELECT
        standing.submission_id,
        standing.file_id,
        standing.form,
        standing.unit_code,
        standing.month,
        standing.status
    FROM standing
    WHERE
        standing.standing_place = 1
        AND standing.status IN ('accepted', 'held', 'rejected')
),

wrong AS (
    SELECT
        issue.file_id,
        issue.submission_id,
        max(issue.issue_id) AS last_issue_id,
        count(*) FILTER (WHERE issue.severity = 'error') AS errors,
        count(*) FILTER (WHERE issue.severity = 'warning') AS warnings
    FROM core.issue
    WHERE issue.severity IN ('error', 'warning')
    GROUP BY
        issue.file_id,
        issue.submission_id
),

-- A later file in the same place takes the place of one: with the same form, or of one that had none.
part AS (
    SELECT
        alive.file_id,
        alive.unit_code,
        alive.month,
        array_agg(alive.submission_id ORDER BY alive.submission_id) AS submission_ids,
        array_agg(alive.form ORDER BY alive.submission_id) AS forms,
        array_agg(alive.status ORDER BY alive.submission_id) AS statuses,
        max(wrong.last_issue_id) AS last_issue_id,
        coalesce(sum(wrong.errors), 0)::bigint AS errors,
        coalesce(sum(wrong.warnings), 0)::bigint AS warnings
    FROM alive
    INNER JOIN core.file ON alive.file_id = file.file_id
    LEFT JOIN wrong ON alive.submission_id = wrong.submission_id
    WHERE
        NOT EXISTS (
            SELECT
            FROM core.file AS newer
            INNER JOIN newest AS sent ON newer.file_id = sent.file_id
            WHERE
                alive.status = 'rejected'
                AND newer.name = file.name
                AND newer.source = file.source
                AND newer.file_id > file.file_id
                AND sent.form = alive.form
        )
    GROUP BY
        alive.file_id,
        alive.unit_code,
        alive.month
    UNION ALL
    SELECT
        file.file_id,
        NULL AS unit_code,
        NULL AS month, -- noqa: RF04
        '{}' AS submission_ids,
        '{}' AS forms,
        '{}' AS statuses,
        NULL AS last_issue_id,
        0 AS errors,
        0 AS warnings
    FROM core.file
    WHERE
        NOT EXISTS (
            SELECT
            FROM core.submission
            WHERE submission.file_id = file.file_id
        )
        AND NOT EXISTS (
            SELECT
            FROM core.file AS newer
            WHERE
                newer.name = file.name
                AND newer.source = file.source
                AND newer.file_id > file.file_id
        )
)

SELECT
    part.file_id,
    file.name, -- noqa: RF04
    file.archive,
    file.received_at,
    part.unit_code,
    part.month,
    part.submission_ids,
    part.forms,
    part.statuses,
    greatest(part.last_issue_id, of_file.last_issue_id) AS last_issue_id,
    part.errors + coalesce(of_file.errors, 0) AS errors,
    part.warnings + coalesce(of_file.warnings, 0) AS warnings
FROM part
INNER JOIN core.file ON part.file_id = file.file_id
LEFT JOIN wrong AS of_file ON part.file_id = of_file.file_id AND of_file.submission_id IS NULL
WHERE greatest(part.last_issue_id, of_file.last_issue_id) IS NOT NULL
ORDER BY
    part.file_id,
    part.unit_code,
    part.month
