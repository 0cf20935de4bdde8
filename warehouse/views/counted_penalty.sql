-- Penalties, one row for each decision: the later month wins.
CREATE OR REPLACE VIEW form.counted_penalty AS
SELECT DISTINCT ON (decision_no)
    source_id,
    unit_code,
    decision_no,
    decided_on,
    town_code,
    sector,
    fine_yuan,
    is_accident_penalty
FROM form.penalty
ORDER BY
    decision_no ASC,
    month DESC,
    source_id DESC;
