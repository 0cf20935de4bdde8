-- code: W-P04
-- at: inspection, duty, responsibility, campaign
-- message: 各项数字与上月（{value}）完全相同，是否误用了上月的文件，请确认

-- Domain rule P04: a copied file, in the forms whose figures are typed once a month. A copied list of events is told
-- by its dates. Nothing but zeros may well repeat itself.
WITH measure AS (
    SELECT
        recent.of_submission_id,
        recent.month,
        recent.is_here,
        recent.table_id,
        array_agg(recent.amount ORDER BY recent.field) AS amounts,
        sum(recent.amount) AS total
    FROM arrived
    INNER JOIN form.recent_measure AS recent
        ON
            arrived.submission_id = recent.of_submission_id
            AND recent.month >= (arrived.month - interval '1 month')::date
    GROUP BY
        recent.of_submission_id,
        recent.month,
        recent.is_here,
        recent.table_id
)

SELECT
    here.of_submission_id AS submission_id,
    NULL::int AS source_row,
    to_char(past.month, 'YYYY-MM') AS shown,
    NULL AS hint
FROM measure AS here
INNER JOIN measure AS past
    ON
        here.of_submission_id = past.of_submission_id
        AND here.table_id = past.table_id
WHERE
    here.is_here
    AND NOT past.is_here
    AND here.amounts = past.amounts
    AND here.total > 0
