-- Publicity, one row for each number of a unit: the later month wins.
CREATE OR REPLACE VIEW form.counted_publicity AS
SELECT DISTINCT ON (unit_code, activity_no)
    source_id,
    unit_code,
    activity_no,
    held_on,
    five_entry,
    tag,
    audience_count,
    materials,
    online_count
FROM form.publicity
ORDER BY
    unit_code ASC,
    activity_no ASC,
    month DESC,
    source_id DESC;
