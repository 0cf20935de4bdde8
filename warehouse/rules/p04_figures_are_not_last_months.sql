-- code: W-P04
-- at: inspection, duty, responsibility, campaign
-- message: 各项数字与上月（{value}）完全相同，是否误用了上月的文件，请确认

-- Domain rule P04: a copied file, in the forms whose figures are typed once a month. A copied list of events is told
-- by its dates. Nothing but zeros may well repeat itself. Only these reports are added up, whatever is stored.
WITH near AS (
    SELECT
        arrived.submission_id AS arrived_id,
        known.submission_id,
        known.month,
        arrived.submission_id = known.submission_id AS is_here
    FROM arrived
    INNER JOIN core.known_submission AS known
        ON
            arrived.form = known.form
            AND arrived.unit_code = known.unit_code
            AND known.month IN (arrived.month, (arrived.month - interval '1 month')::date)
),

measure AS (
    SELECT
        near.arrived_id,
        near.month,
        near.is_here,
        figure.table_id,
        array_agg(figure.amount ORDER BY figure.field) AS amounts,
        sum(figure.amount) AS total
    FROM near
    CROSS JOIN
        LATERAL (
            SELECT
                measure.table_id,
                measure.field,
                measure.amount
            FROM form.measure
            WHERE measure.submission_id = near.submission_id
            -- In an order, so that they are looked up report by report: joined, the view would add up every report.
            ORDER BY measure.field
        ) AS figure
    GROUP BY
        near.arrived_id,
        near.month,
        near.is_here,
        figure.table_id
)

SELECT
    here.arrived_id AS submission_id,
    NULL::int AS source_row,
    to_char(past.month, 'YYYY-MM') AS shown,
    NULL AS hint
FROM measure AS here
INNER JOIN measure AS past
    ON
        here.arrived_id = past.arrived_id
        AND here.table_id = past.table_id
WHERE
    here.is_here
    AND NOT past.is_here
    AND here.amounts = past.amounts
    AND here.total > 0
