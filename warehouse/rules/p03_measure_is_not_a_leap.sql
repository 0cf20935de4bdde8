-- code: W-P03
-- at: inspection, duty, responsibility, campaign
-- message: 合计 {value}，是前几个月中位数（{hint}）的5倍以上，请确认没有多写数字或用错单位

-- Domain rule P03: a measure more than five times the unit's median of the six months before, and more than ten above
-- it, where at least three of those months are known. Of figures that are typed once a month: rows of events come and
-- go, and a month with the only training of the year is no slip. Only these reports are added up, whatever is stored.
WITH near AS (
    SELECT
        arrived.submission_id AS arrived_id,
        known.submission_id,
        arrived.submission_id = known.submission_id AS is_here
    FROM arrived
    INNER JOIN core.known_submission AS known
        ON
            arrived.form = known.form
            AND arrived.unit_code = known.unit_code
            AND arrived.month >= known.month
            AND known.month >= (arrived.month - interval '6 months')::date
),

measure AS (
    SELECT
        near.arrived_id,
        near.is_here,
        figure.table_id,
        figure.field,
        figure.amount
    FROM near
    CROSS JOIN LATERAL (
        SELECT
            measure.table_id,
            measure.field,
            measure.amount
        FROM form.measure
        WHERE measure.submission_id = near.submission_id
        -- In an order, so that they are looked up report by report: joined, the view would add up every report.
        ORDER BY measure.field
    ) AS figure
),

usual AS (
    SELECT
        here.arrived_id,
        here.field,
        here.amount,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY past.amount) AS median,
        count(*) AS months
    FROM measure AS here
    INNER JOIN measure AS past
        ON
            here.arrived_id = past.arrived_id
            AND here.table_id = past.table_id
            AND here.field = past.field
    WHERE
        here.is_here
        AND NOT past.is_here
    GROUP BY
        here.arrived_id,
        here.field,
        here.amount
)

SELECT
    arrived_id AS submission_id,
    NULL::int AS source_row,
    field,
    trim_scale(amount)::text AS shown,
    trim_scale(median::numeric)::text AS hint
FROM usual
WHERE
    months >= 3
    AND amount > 5 * median
    AND amount > median + 10
