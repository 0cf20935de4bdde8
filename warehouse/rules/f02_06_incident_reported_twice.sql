-- code: W-F02-06
-- at: incident.incident_no
-- message: 与{hint}是同一乡镇街道、同一类型、相隔不到2小时，可能是同一起，请核对；是同一起的，请用同一个事件编号

-- Domain rule W-F02-06 between submissions; within one the rule of the form finds it.
SELECT DISTINCT ON (here.source_id)
    here.submission_id,
    here.source_row,
    here.incident_no AS shown,
    concat(unit.name, '的 ', other.incident_no) AS hint
FROM arrived
INNER JOIN form.incident AS here ON arrived.submission_id = here.submission_id
INNER JOIN form.incident AS other
    ON
        here.town_code = other.town_code
        AND here.incident_type = other.incident_type
        AND here.incident_no <> other.incident_no
        AND here.submission_id > other.submission_id
        AND other.occurred_at BETWEEN here.occurred_at - interval '2 hours' AND here.occurred_at + interval '2 hours'
INNER JOIN core.unit ON other.unit_code = unit.code
ORDER BY
    here.source_id ASC,
    other.source_id ASC
