-- code: W-P03
-- at: inspection, duty, responsibility, campaign
-- message: 合计 {value}，是前几个月中位数（{hint}）的5倍以上，请确认没有多写数字或用错单位

-- Domain rule P03: a measure more than five times the unit's median of the six months before, and more than ten above
-- it, where at least three of those months are known. Of figures that are typed once a month: rows of events come and
-- go, and a month with the only training of the year is no slip.
WITH usual AS (
    SELECT
        here.submission_id,
        here.field,
        here.amount,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY past.amount) AS median,
        count(*) AS months
    FROM arrived
    INNER JOIN form.measure AS here ON arrived.submission_id = here.submission_id
    INNER JOIN form.measure AS past
        ON
            here.table_id = past.table_id
            AND here.field = past.field
            AND here.unit_code = past.unit_code
            AND here.month > past.month
            AND past.month >= (here.month - interval '6 months')::date
    GROUP BY
        here.submission_id,
        here.field,
        here.amount
)

SELECT
    submission_id,
    NULL::int AS source_row,
    field,
    trim_scale(amount)::text AS shown,
    trim_scale(median::numeric)::text AS hint
FROM usual
WHERE
    months >= 3
    AND amount > 5 * median
    AND amount > median + 10
