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
        max(submission.submission_id) AS latest_id
    FROM core.submission
    INNER JOIN core.file ON submission.file_id = file.file_id
    INNER JOIN wanted ON submission.month = wanted.first_day
    WHERE submission.unit_code IS NOT NULL
    GROUP BY
        submission.unit_code,
        submission.form
)

SELECT
    unit.code AS unit_code,
    named.name AS unit_name,
    form.id AS form,
    form.code AS form_code,
    CASE
        WHEN arrived.current_id IS NOT NULL AND shown.situation <> 'data' THEN shown.situation
        WHEN arrived.current_id IS NOT NULL THEN 'accepted'
        WHEN arrived.latest_id IS NOT NULL THEN 'rejected'
        ELSE 'missing'
    END AS state,
    owed.unit_code IS NOT NULL AS owed,
    arrived.received_at,
    coalesce(shown.rows, 0) AS rows, -- noqa: RF04
    coalesce(latest.errors, 0) AS errors,
    first_error.message,
    file.name AS file -- noqa: RF04
FROM owed
FULL JOIN arrived ON owed.unit_code = arrived.unit_code AND owed.form = arrived.form
INNER JOIN core.unit ON unit.code = coalesce(owed.unit_code, arrived.unit_code)
INNER JOIN core.form ON form.id = coalesce(owed.form, arrived.form)
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
LEFT JOIN core.submission AS shown ON shown.submission_id = coalesce(arrived.current_id, arrived.latest_id)
LEFT JOIN core.submission AS latest ON arrived.latest_id = latest.submission_id
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
