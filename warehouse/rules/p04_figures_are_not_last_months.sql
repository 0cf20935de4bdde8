-- code: W-P04
-- at: inspection, duty, responsibility, campaign
-- message: 各项数字与上月（{value}）完全相同，是否误用了上月的文件，请确认

-- Domain rule P04: a copied file, in the forms whose figures are typed once a month. A copied list of events is told
-- by its dates. Nothing but zeros may well repeat itself.
WITH measure AS (
    SELECT
        submission_id,
        unit_code,
        month,
        table_id,
        array_agg(amount ORDER BY field) AS amounts,
        sum(amount) AS total
    FROM form.measure
    GROUP BY
        submission_id,
        unit_code,
        month,
        table_id
)

SELECT
    here.submission_id,
    NULL::int AS source_row,
    to_char(past.month, 'YYYY-MM') AS shown,
    NULL AS hint
FROM arrived
INNER JOIN measure AS here ON arrived.submission_id = here.submission_id
INNER JOIN measure AS past
    ON
        here.table_id = past.table_id
        AND here.unit_code = past.unit_code
        AND past.month = (here.month - interval '1 month')::date
WHERE
    here.amounts = past.amounts
    AND here.total > 0
