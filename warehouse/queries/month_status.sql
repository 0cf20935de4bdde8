-- One line a unit and form: what is owed for the month, and whatever else arrived.
WITH wanted AS (
    SELECT cast(:month AS date) AS first_day
),

owed AS (
    SELECT DISTINCT
        obligation.unit_code,
        obligation.form
    FROM core.known_obligation AS obligation
    INNER JOIN core.known_unit AS unit ON obligation.unit_code = unit.code
    CROSS JOIN wanted
    WHERE
        obligation.valid_from <= wanted.first_day
        AND (obligation.valid_to IS NULL OR obligation.valid_to > wanted.first_day)
        AND unit.valid_from <= wanted.first_day
        AND (unit.valid_to IS NULL OR unit.valid_to > wanted.first_day)
),

arrived AS (
    SELECT
        submission.unit_code,
        submission.form,
        min(file.received_at) AS received_at,
        max(submission.submission_id) FILTER (WHERE submission.status = 'accepted') AS current_id,
        max(submission.submission_id) FILTER (WHERE submission.status = 'held') AS held_id,
        max(submission.submission_id) FILTER (WHERE submission.status = 'withdrawn') AS withdrawn_id,
        -- By the files: of an earlier one a backfill may have made a newer submission.
        (array_agg(submission.submission_id ORDER BY submission.file_id DESC, submission.submission_id DESC))[1]
            AS latest_id,
        max(audit.recorded_at) FILTER (WHERE submission.status = 'withdrawn') AS withdrawn_at,
        -- A held report is sent back by the act that should have released it.
        max(coalesce(audit.recorded_at, submission.recorded_from))
        FILTER (WHERE submission.status = 'rejected') AS rejected_at
    FROM core.submission
    INNER JOIN core.file ON submission.file_id = file.file_id
    LEFT JOIN core.audit ON submission.audit_id = audit.audit_id
    INNER JOIN wanted ON submission.month = wanted.first_day
    WHERE submission.unit_code IS NOT NULL
    GROUP BY
        submission.unit_code,
        submission.form
),

-- What stands for the unit and form, and the submission that says so.
standing AS (
    SELECT
        arrived.*,
        CASE
            WHEN arrived.current_id IS NOT NULL THEN 'accepted'
            WHEN arrived.held_id IS NOT NULL THEN 'held'
            WHEN arrived.rejected_at IS NULL OR arrived.withdrawn_at > arrived.rejected_at THEN 'withdrawn'
            ELSE 'rejected'
        END AS state
    FROM arrived
)

SELECT
    unit.code AS unit_code,
    named.name AS unit_name,
    form.id AS form,
    form.code AS form_code,
    CASE
        WHEN standing.state = 'accepted' AND shown.situation <> 'data' THEN shown.situation
        ELSE coalesce(standing.state, 'missing')
    END AS state,
    owed.unit_code IS NOT NULL AS owed,
    standing.received_at,
    coalesce(shown.rows, 0) AS rows, -- noqa: RF04
    coalesce(latest.errors, 0) AS errors,
    first_error.message,
    file.name AS file -- noqa: RF04
FROM owed
FULL JOIN standing ON owed.unit_code = standing.unit_code AND owed.form = standing.form
INNER JOIN core.unit ON unit.code = coalesce(owed.unit_code, standing.unit_code)
INNER JOIN core.form ON form.id = coalesce(owed.form, standing.form)
CROSS JOIN wanted
-- The name of the time: of the version valid then, else of the one before, else of the first.
INNER JOIN LATERAL (
    SELECT known_unit.name
    FROM core.known_unit
    WHERE known_unit.code = unit.code
    ORDER BY
        known_unit.valid_from <= wanted.first_day DESC,
        abs(known_unit.valid_from - wanted.first_day) ASC
    LIMIT 1
) AS named ON TRUE
LEFT JOIN core.submission AS shown
    ON
        shown.submission_id = CASE standing.state
            WHEN 'accepted' THEN standing.current_id
            WHEN 'held' THEN standing.held_id
            WHEN 'withdrawn' THEN standing.withdrawn_id
            ELSE standing.latest_id
        END
LEFT JOIN core.submission AS latest ON standing.latest_id = latest.submission_id
LEFT JOIN core.file ON shown.file_id = file.file_id
LEFT JOIN LATERAL (
    SELECT issue.message
    FROM core.issue
    WHERE
        issue.submission_id = latest.submission_id
        AND issue.severity = 'error'
    ORDER BY issue.issue_id
    LIMIT 1
) AS first_error ON TRUE
ORDER BY
    unit.code,
    form.code
