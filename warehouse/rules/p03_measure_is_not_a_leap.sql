-- code: W-P03
-- at: inspection, duty, responsibility, campaign
-- message: 合计 {value}，是前几个月中位数（{hint}）的5倍以上，请确认没有多写数字或用错单位

-- Domain rule P03: a measure more than five times the unit's median of the six months before, and more than ten above
-- it, where at least three of those months are known. Of figures that are typed once a month: rows of events come and
-- go, and a month with the only training of the year is no slip.
SELECT
    here.submission_id,
    NULL::int AS source_row,
    here.field,
    trim_scale(here.amount)::text AS shown,
    trim_scale(usual.median::numeric)::text AS hint
FROM arrived
INNER JOIN form.measure AS here ON arrived.submission_id = here.submission_id
CROSS JOIN
    LATERAL (
        SELECT
            percentile_cont(0.5) WITHIN GROUP (ORDER BY past.amount) AS median,
            count(*) AS months
        FROM form.measure AS past
        WHERE
            past.table_id = here.table_id
            AND past.field = here.field
            AND past.unit_code = here.unit_code
            AND past.month >= (here.month - interval '6 months')::date
            AND past.month < here.month
    ) AS usual
WHERE
    usual.months >= 3
    AND here.amount > 5 * usual.median
    AND here.amount > usual.median + 10
