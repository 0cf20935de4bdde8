-- 五落实 of some hazards: which of the five are there. Who is responsible is told as yes or no, never by name.
SELECT
    hazard.hazard_no,
    hazard.responsible IS NOT NULL AS has_responsible,
    hazard.measures IS NOT NULL AS has_measures,
    hazard.funds_wan IS NOT NULL AS has_funds,
    hazard.due_on IS NOT NULL AS has_due_day,
    coalesce(hazard.contingency, FALSE) AS has_contingency
FROM form.counted_hazard
INNER JOIN form.hazard ON counted_hazard.source_id = hazard.source_id
WHERE counted_hazard.hazard_no = any(:hazard_nos) -- noqa: RF02
