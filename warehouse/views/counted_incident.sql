-- Incidents, one row each, though a township and a department may both report one: the later month wins.
CREATE OR REPLACE VIEW form.counted_incident AS
SELECT DISTINCT ON (incident_no)
    source_id,
    incident_no,
    town_code,
    occurred_at::date AS occurred_on,
    incident_type,
    cause_code
FROM form.incident
ORDER BY
    incident_no ASC,
    month DESC,
    source_id DESC;
