-- Every report that is known to be owed, with the one that is in force and with the first that came for it.
CREATE OR REPLACE VIEW form.known_owed AS
WITH owed AS (
    SELECT DISTINCT
        obligation.unit_code,
        obligation.form,
        known_month.month
    FROM core.known_obligation AS obligation
    INNER JOIN core.known_unit AS unit ON obligation.unit_code = unit.code
    INNER JOIN form.known_month
        ON
            obligation.valid_from <= known_month.month
            AND (obligation.valid_to IS NULL OR obligation.valid_to > known_month.month)
            AND unit.valid_from <= known_month.month
            AND (unit.valid_to IS NULL OR unit.valid_to > known_month.month)
),

first_arrival AS (
    SELECT DISTINCT ON (unit_code, form, month)
        unit_code,
        form,
        month,
        received_at,
        is_rejected
    FROM core.known_arrival
    ORDER BY
        unit_code ASC,
        form ASC,
        month ASC,
        received_at ASC,
        submission_id ASC
)

SELECT
    (known.submission_id << 21) AS source_id,
    owed.unit_code,
    owed.form,
    owed.month,
    due_day.due_at,
    known.submission_id,
    known.situation,
    first_arrival.received_at AS first_received_at,
    first_arrival.is_rejected AS is_first_rejected
FROM owed
LEFT JOIN core.due_day ON owed.form = due_day.form AND owed.month = due_day.month
LEFT JOIN core.known_submission AS known
    ON
        owed.unit_code = known.unit_code
        AND owed.form = known.form
        AND owed.month = known.month
LEFT JOIN first_arrival
    ON
        owed.unit_code = first_arrival.unit_code
        AND owed.form = first_arrival.form
        AND owed.month = first_arrival.month;
