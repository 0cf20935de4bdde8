-- code: W-P03
-- at: inspection, duty, responsibility, campaign
-- message: 合计 {value}，是前几个月中位数（{hint}）的5倍以上，请确认没有多写数字或用错单位

-- Domain rule P03: a measure more than five times the unit's median of the six months before, and more than ten above
-- it, where at least three of those months are known. Of figures that are typed once a month: rows of events come and
-- go, and a month with the only training of the year is no slip.
WITH measure AS (
    SELECT
        recent.of_submission_id,
        recent.is_here,
        recent.table_id,
        recent.field,
        recent.amount
    FROM arrived
    INNER JOIN form.recent_measure AS recent ON arrived.submission_id = recent.of_submission_id
),

usual AS (
    SELECT
        here.of_submission_id,
        here.field,
        here.amount,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY past.amount) AS median,
        count(*) AS months
    FROM measure AS here
    INNER JOIN measure AS past
        ON
            here.of_submission_id = past.of_submission_id
            AND here.table_id = past.table_id
            AND here.field = past.field
    WHERE
        here.is_here
        AND NOT past.is_here
    GROUP BY
        here.of_submission_id,
        here.field,
        here.amount
)

SELECT
    of_submission_id AS submission_id,
    NULL::int AS source_row,
    field,
    trim_scale(amount)::text AS shown,
    trim_scale(median::numeric)::text AS hint
FROM usual
WHERE
    months >= 3
    AND amount > 5 * median
    AND amount > median + 10
