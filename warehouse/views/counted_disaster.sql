-- Disasters, one row for each event and township: the last stage has the figures, then the later month.
CREATE OR REPLACE VIEW form.counted_disaster AS
SELECT DISTINCT ON (disaster_no, town_code)
    source_id,
    disaster_no,
    disaster_type,
    started_at::date AS started_on,
    town_code,
    affected,
    deaths,
    missing_persons,
    relocated,
    loss_wan
FROM form.disaster
ORDER BY
    disaster_no ASC,
    town_code ASC,
    array_position(ARRAY['first', 'follow_up', 'verified'], stage) DESC,
    month DESC,
    source_id DESC;
