-- code: E-F05-01
-- at: hazard.hazard_no
-- message: 隐患编号 {value} 已由{hint}用于另一条隐患，编号全区唯一，请换一个编号

-- Domain rule E-F05-01: a number is of one hazard in the district, for ever. Another unit that lists it means the
-- same hazard (see W-F05-01) or another one, as the enterprise or the day on which it was found tells.
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
        AND NOT (
            here.found_on = other.found_on
            AND (here.uscc = other.uscc OR core.squeezed(other.enterprise_name) = core.squeezed(here.enterprise_name))
        )
INNER JOIN core.unit ON other.unit_code = unit.code
ORDER BY
    here.source_id ASC,
    other.source_id ASC
