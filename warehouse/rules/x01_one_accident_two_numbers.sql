-- code: W-X01
-- at: accident.accident_no
-- message: 与事故 {hint} 的时间、地点、单位相近，可能是同一起，请核对；是同一起的，请改用同一个事故编号

-- Domain rule X01: within a day of each other, in one town, at one enterprise by its code or a similar name, and yet
-- two numbers. Nothing is merged: a person decides.
SELECT DISTINCT
    here.submission_id,
    here.source_row,
    here.accident_no AS shown,
    other.accident_no AS hint
FROM arrived
INNER JOIN form.accident AS here ON arrived.submission_id = here.submission_id
INNER JOIN form.accident AS other
    ON
        here.town_code = other.town_code
        AND here.accident_no <> other.accident_no
        AND here.source_id > other.source_id
        AND other.occurred_at BETWEEN here.occurred_at - interval '24 hours' AND here.occurred_at + interval '24 hours'
WHERE
    here.uscc = other.uscc
    OR core.similarity(here.enterprise_name, other.enterprise_name) > 0.8
