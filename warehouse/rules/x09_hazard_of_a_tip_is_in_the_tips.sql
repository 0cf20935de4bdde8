-- code: W-X09
-- at: hazard.hazard_no, tip.hazard_no
-- message: 隐患 {value} 的来源是举报，举报办理台账（F12）里没有关联它的举报，请在举报台账填写关联隐患编号

-- Domain rule X09, of one unit and month, judged when both forms have come, and of hazards that the ledger lists for
-- the first time. A unit that files no F12 is not judged: its tips stand in the list of whoever took them in.
SELECT
    arrived.submission_id,
    CASE WHEN hazard.submission_id = arrived.submission_id THEN hazard.source_row END AS source_row,
    hazard.hazard_no AS shown,
    NULL AS hint
FROM core.known_submission AS tips
INNER JOIN core.known_submission AS ledger
    ON
        tips.unit_code = ledger.unit_code
        AND tips.month = ledger.month
        AND ledger.form = 'hazard'
INNER JOIN arrived ON arrived.submission_id = greatest(tips.submission_id, ledger.submission_id)
INNER JOIN form.hazard ON ledger.submission_id = hazard.submission_id
WHERE
    tips.form = 'responsibility_tip'
    AND hazard.source = 'tip'
    AND NOT EXISTS (
        SELECT
        FROM form.hazard AS earlier
        WHERE
            earlier.hazard_no = hazard.hazard_no
            AND earlier.unit_code = hazard.unit_code
            AND earlier.month < hazard.month
    )
    AND NOT EXISTS (
        SELECT
        FROM form.tip
        WHERE tip.hazard_no = hazard.hazard_no
    )
