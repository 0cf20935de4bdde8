-- code: E-F05-12
-- at: hazard.hazard_no
-- message: 上月未销号的隐患在本月台账里没有：{value}{hint}，请补列；本月已销号的也要列出

-- Domain rules P-F05-12 and section 4.1: what was open when the month began is listed, so nobody may report zero
-- then. Only against the month just before: of what happened in a month that is missing nothing is known.
WITH gone AS (
    SELECT
        arrived.submission_id,
        past.hazard_no,
        row_number() OVER (PARTITION BY arrived.submission_id ORDER BY past.hazard_no) AS place
    FROM arrived
    INNER JOIN form.hazard AS past
        ON
            arrived.unit_code = past.unit_code
            AND past.month = (arrived.month - interval '1 month')::date
    LEFT JOIN form.hazard AS here
        ON
            arrived.submission_id = here.submission_id
            AND past.hazard_no = here.hazard_no
    WHERE
        arrived.form = 'hazard'
        AND past.status <> 'closed'
        AND here.hazard_no IS NULL
)

SELECT
    submission_id,
    NULL::int AS source_row,
    string_agg(hazard_no, '、' ORDER BY place) FILTER (WHERE place <= 10) AS shown,
    CASE WHEN count(*) > 10 THEN concat(' 等 ', count(*), ' 处') END AS hint
FROM gone
GROUP BY submission_id
