-- Drills, one row for each number of a unit: the later month wins.
CREATE OR REPLACE VIEW form.counted_drill AS
SELECT DISTINCT ON (unit_code, drill_no)
    source_id,
    unit_code,
    drill_no,
    held_on,
    participants
FROM form.drill
ORDER BY
    unit_code ASC,
    drill_no ASC,
    month DESC,
    source_id DESC;
