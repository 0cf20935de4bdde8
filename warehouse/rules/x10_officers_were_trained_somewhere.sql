-- code: W-X10
-- at: officer.last_trained_on, training.participants
-- message: 本月受训的灾害信息员全区共 {value} 人（F10），多于各单位灾害信息员培训的参训人次 {hint}（F06），请核对

-- Domain rule X10. One training serves officers of many towns, so the whole district is compared, and only once every
-- F06 that is owed for the month has come: before that a training may just not be here yet.
WITH judged AS (
    SELECT
        arrived.submission_id,
        arrived.month
    FROM arrived
    WHERE
        arrived.form IN ('officer_community', 'training')
        AND NOT EXISTS (
            SELECT
            FROM core.known_obligation AS obligation
            INNER JOIN core.known_unit AS unit ON obligation.unit_code = unit.code
            LEFT JOIN core.known_submission AS known
                ON
                    obligation.form = known.form
                    AND obligation.unit_code = known.unit_code
                    AND known.month = arrived.month
            WHERE
                obligation.form = 'training'
                AND obligation.valid_from <= arrived.month
                AND (obligation.valid_to IS NULL OR obligation.valid_to > arrived.month)
                AND unit.valid_from <= arrived.month
                AND (unit.valid_to IS NULL OR unit.valid_to > arrived.month)
                AND known.submission_id IS NULL
        )
        AND (
            arrived.form = 'training'
            OR EXISTS (
                SELECT
                FROM form.officer
                WHERE
                    officer.submission_id = arrived.submission_id
                    AND officer.last_trained_on >= arrived.month
            )
        )
),

trained AS (
    SELECT
        month,
        count(DISTINCT concat_ws(' ', place_code, name)) AS officers
    FROM form.officer
    WHERE
        last_trained_on >= month
        AND last_trained_on < month + interval '1 month'
    GROUP BY month
),

held AS (
    SELECT
        date_trunc('month', training.ended_on)::date AS month, -- noqa: RF04
        sum(training.participants) AS participants
    FROM form.counted_training AS counted
    INNER JOIN form.training ON counted.source_id = training.source_id
    WHERE counted.category = 'disaster_officer'
    GROUP BY date_trunc('month', training.ended_on)::date
)

SELECT
    judged.submission_id,
    NULL::int AS source_row,
    trained.officers::text AS shown,
    coalesce(held.participants, 0)::text AS hint
FROM judged
INNER JOIN trained ON judged.month = trained.month
LEFT JOIN held ON judged.month = held.month
WHERE trained.officers > coalesce(held.participants, 0)
