-- code: W-X06
-- at: inspection.penalties, penalty
-- message: 本月检查报表（F03）{value}，处罚台账（F04）{hint}，请核对

-- Domain rule X06, of one unit and month, judged when both forms have come: penalties are decisions of the month,
-- fines agree to 0.01 万元.
WITH both_forms AS (
    SELECT
        inspection.unit_code,
        inspection.month,
        inspection.submission_id AS inspection_id,
        greatest(inspection.submission_id, penalty.submission_id) AS submission_id
    FROM core.known_submission AS inspection
    INNER JOIN core.known_submission AS penalty
        ON
            inspection.unit_code = penalty.unit_code
            AND inspection.month = penalty.month
            AND penalty.form = 'penalty'
    INNER JOIN arrived ON arrived.submission_id = greatest(inspection.submission_id, penalty.submission_id)
    WHERE inspection.form = 'inspection'
),

counted AS (
    SELECT
        both_forms.submission_id,
        coalesce(sum(inspection.penalties), 0) AS penalties,
        coalesce(sum(inspection.fines_wan), 0) AS fines_wan
    FROM both_forms
    LEFT JOIN form.inspection ON both_forms.inspection_id = inspection.submission_id
    GROUP BY both_forms.submission_id
),

listed AS (
    SELECT
        both_forms.submission_id,
        count(penalty.decision_no) AS penalties,
        coalesce(sum(penalty.fine_yuan), 0) / 10000 AS fines_wan
    FROM both_forms
    LEFT JOIN form.penalty
        ON
            both_forms.unit_code = penalty.unit_code
            AND both_forms.month <= penalty.decided_on
            AND penalty.decided_on < both_forms.month + interval '1 month'
    GROUP BY both_forms.submission_id
),

difference AS (
    SELECT
        counted.submission_id,
        '行政处罚 ' || counted.penalties || ' 次' AS shown,
        listed.penalties || ' 件' AS hint
    FROM counted
    INNER JOIN listed ON counted.submission_id = listed.submission_id
    WHERE counted.penalties <> listed.penalties
    UNION ALL
    SELECT
        counted.submission_id,
        '罚款 ' || trim_scale(counted.fines_wan) || ' 万元' AS shown,
        trim_scale(round(listed.fines_wan, 4)) || ' 万元' AS hint
    FROM counted
    INNER JOIN listed ON counted.submission_id = listed.submission_id
    WHERE abs(counted.fines_wan - listed.fines_wan) > 0.01
)

SELECT
    submission_id,
    NULL::int AS source_row,
    shown,
    hint
FROM difference
