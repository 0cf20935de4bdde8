-- code: W-P07
-- at: hazard
-- message: 已连续三个月（{value}）零报告，请区应急管理局核实

-- Domain rule P07 and section 4.1: no hazard at all in three months running is not likely. The report that completes
-- the three is asked about.
WITH zero AS (
    SELECT
        submission_id,
        unit_code,
        month
    FROM core.known_submission
    WHERE
        form = 'hazard'
        AND situation = 'zero'
)

SELECT
    arrived.submission_id,
    NULL::int AS source_row,
    concat_ws(
        '、', to_char(earliest.month, 'YYYY-MM'), to_char(middle.month, 'YYYY-MM'), to_char(latest.month, 'YYYY-MM')
    ) AS shown,
    NULL AS hint
FROM zero AS earliest
INNER JOIN zero AS middle
    ON
        earliest.unit_code = middle.unit_code
        AND middle.month = (earliest.month + interval '1 month')::date
INNER JOIN zero AS latest
    ON
        earliest.unit_code = latest.unit_code
        AND latest.month = (earliest.month + interval '2 months')::date
INNER JOIN arrived
    ON arrived.submission_id = greatest(earliest.submission_id, middle.submission_id, latest.submission_id)
