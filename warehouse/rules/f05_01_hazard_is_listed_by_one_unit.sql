-- code: W-F05-01
-- at: hazard.hazard_no
-- message: 隐患 {value} 已由{hint}填报，全区只计一次，请双方商定由谁填报、销号

-- Town (属地) and department (行业) may both list one hazard under one number, found on one day at one enterprise. It
-- counts once; who keeps it until it is closed they have to settle. Asked when a unit lists it for the first time.
SELECT DISTINCT ON (here.source_id)
    here.submission_id,
    here.source_row,
    here.hazard_no AS shown,
    concat(unit.name, ' ', to_char(other.month, 'YYYY-MM')) AS hint
FROM arrived
INNER JOIN form.hazard AS here ON arrived.submission_id = here.submission_id
INNER JOIN form.hazard AS other
    ON
        here.hazard_no = other.hazard_no
        AND here.unit_code <> other.unit_code
        AND here.submission_id > other.submission_id
        AND here.found_on = other.found_on
        AND (here.uscc = other.uscc OR core.squeezed(other.enterprise_name) = core.squeezed(here.enterprise_name))
INNER JOIN core.unit ON other.unit_code = unit.code
ORDER BY
    here.source_id ASC,
    other.source_id ASC
