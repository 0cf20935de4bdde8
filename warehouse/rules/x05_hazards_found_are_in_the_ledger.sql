-- code: W-X05
-- at: inspection.hazards_general, hazard
-- message: 本月监督检查发现隐患 {value} 处（F03），隐患台账里监督检查、专家体检、暗访新发现的是 {hint} 处（F05），请核对

-- Domain rule X05, of one unit and month, judged when both forms have come. New hazards are those found in the month,
-- also when a later ledger lists them first.
WITH both_forms AS (
    SELECT
        inspection.unit_code,
        inspection.month,
        inspection.submission_id AS inspection_id,
        greatest(inspection.submission_id, hazard.submission_id) AS submission_id
    FROM core.known_submission AS inspection
    INNER JOIN core.known_submission AS hazard
        ON
            inspection.unit_code = hazard.unit_code
            AND inspection.month = hazard.month
            AND hazard.form = 'hazard'
    INNER JOIN arrived ON arrived.submission_id = greatest(inspection.submission_id, hazard.submission_id)
    WHERE inspection.form = 'inspection'
),

found AS (
    SELECT
        both_forms.submission_id,
        sum(inspection.hazards_general + inspection.hazards_major) AS hazards
    FROM both_forms
    INNER JOIN form.inspection ON both_forms.inspection_id = inspection.submission_id
    GROUP BY both_forms.submission_id
),

listed AS (
    SELECT
        both_forms.submission_id,
        count(DISTINCT hazard.hazard_no) AS hazards
    FROM both_forms
    INNER JOIN core.known_submission AS ledger
        ON
            ledger.form = 'hazard'
            AND both_forms.unit_code = ledger.unit_code
            AND both_forms.month <= ledger.month
    INNER JOIN form.hazard
        ON
            ledger.submission_id = hazard.submission_id
            AND both_forms.month <= hazard.found_on
            AND hazard.found_on < both_forms.month + interval '1 month'
            AND hazard.source IN ('inspection', 'expert', 'unannounced')
    GROUP BY both_forms.submission_id
)

SELECT
    both_forms.submission_id,
    NULL::int AS source_row,
    coalesce(found.hazards, 0)::text AS shown,
    coalesce(listed.hazards, 0)::text AS hint
FROM both_forms
LEFT JOIN found ON both_forms.submission_id = found.submission_id
LEFT JOIN listed ON both_forms.submission_id = listed.submission_id
WHERE coalesce(found.hazards, 0) <> coalesce(listed.hazards, 0)
