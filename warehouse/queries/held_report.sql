-- Every report that is held for a month: who sent what, when and why.
WITH wanted AS (
    SELECT cast(:month AS date) AS first_day
)

SELECT
    submission.unit_code,
    named.name AS unit_name,
    submission.form,
    form.code AS form_code,
    submission.version,
    submission.correction,
    file.received_at,
    file.name AS file, -- noqa: RF04
    submission.rows
FROM core.submission
INNER JOIN wanted ON submission.month = wanted.first_day
INNER JOIN core.file ON submission.file_id = file.file_id
INNER JOIN core.form ON submission.form = form.id
-- The name of the time: of the version valid then, else of the one before, else of the first.
INNER JOIN LATERAL (
    SELECT known_unit.name
    FROM core.known_unit
    WHERE known_unit.code = submission.unit_code
    ORDER BY
        known_unit.valid_from <= wanted.first_day DESC,
        abs(known_unit.valid_from - wanted.first_day) ASC
    LIMIT 1
) AS named ON TRUE
WHERE submission.status = 'held'
ORDER BY
    submission.unit_code,
    form.code
