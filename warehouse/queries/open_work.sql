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

said AS (
    SELECT
        newest.*,
        -- What has no unit or no month is the last word on itself.
        CASE WHEN newest.unit_code IS NULL OR newest.month IS NULL THEN newest.file_id END AS only_file_id,
        -- Its sender may have corrected the unit or the month.
        max(newest.file_id) OVER (PARTITION BY file.source, file.name, newest.form) AS last_in_place
    FROM newest
    INNER JOIN core.file ON newest.file_id = file.file_id
),

-- What says the same as the report in force asks nothing new, and takes back what was sent in between.
repeated AS (
    SELECT
        said.*,
        max(said.file_id) FILTER (WHERE said.status = 'identical')
            OVER (PARTITION BY said.form, said.unit_code, said.month, said.only_file_id) AS repeated_by
    FROM said
),

standing AS (
    SELECT
        repeated.*,
        row_number() OVER (
            PARTITION BY
                repeated.form,
                repeated.unit_code,
                repeated.month,
                repeated.only_file_id
            ORDER BY repeated.file_id DESC
        ) AS standing_place
    FROM repeated
    WHERE
        repeated.status <> 'identical'
        AND NOT (
            repeated.status = 'rejected'
            AND repeated.file_id < greatest(coalesce(repeated.repeated_by, 0), repeated.last_in_place)
        )
),

part AS (
    SELECT
        standing.file_id,
        standing.unit_code,
        standing.month,
        array_agg(standing.submission_id ORDER BY standing.submission_id) AS submission_ids,
        array_agg(standing.form ORDER BY standing.submission_id) AS forms,
        array_agg(standing.status ORDER BY standing.submission_id) AS statuses
    FROM standing
    WHERE
        standing.standing_place = 1
        AND standing.status IN ('accepted', 'held', 'rejected')
    GROUP BY
        standing.file_id,
        standing.unit_code,
        standing.month
    UNION ALL
    SELECT
        placed.file_id,
        NULL AS unit_code,
        NULL AS month, -- noqa: RF04
        '{}' AS submission_ids,
        '{}' AS forms,
        '{}' AS statuses
    FROM (
        SELECT
            file_id,
            max(file_id) OVER (PARTITION BY source, name) AS last_in_place
        FROM core.file
    ) AS placed
    WHERE
        placed.file_id = placed.last_in_place
        AND NOT EXISTS (
            SELECT
            FROM core.submission
            WHERE submission.file_id = placed.file_id
        )
)

SELECT
    part.file_id,
    file.name, -- noqa: RF04
    file.archive,
    file.size,
    file.received_at,
    part.unit_code,
    part.month,
    part.submission_ids,
    part.forms,
    part.statuses,
    wrong.last_issue_id,
    wrong.errors,
    wrong.warnings
FROM part
INNER JOIN core.file ON part.file_id = file.file_id
-- By the index on the files of issues: most files have none.
INNER JOIN LATERAL (
    SELECT
        max(issue.issue_id) AS last_issue_id,
        count(*) FILTER (WHERE issue.severity = 'error') AS errors,
        count(*) FILTER (WHERE issue.severity = 'warning') AS warnings
    FROM core.issue
    WHERE
        issue.file_id = part.file_id
        AND issue.severity IN ('error', 'warning')
        AND (issue.submission_id IS NULL OR issue.submission_id = any(part.submission_ids))
) AS wrong ON wrong.last_issue_id IS NOT NULL
ORDER BY
    part.file_id,
    part.unit_code,
    part.month
