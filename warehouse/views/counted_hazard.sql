-- Hazards, one row each: a ledger lists an open one again every month, and the latest month says how it stands.
CREATE OR REPLACE VIEW form.counted_hazard AS
SELECT DISTINCT ON (hazard_no)
    source_id,
    unit_code,
    hazard_no,
    found_on,
    verified_on,
    level,
    sector,
    coalesce(campaign_code, 'none') AS campaign_code,
    due_on,
    coalesce(supervision_level, 'none') AS supervision_level
FROM form.hazard
ORDER BY
    hazard_no ASC,
    month DESC,
    source_id DESC;
