-- code: E-F04-01
-- at: penalty.decision_no
-- message: 决定书文号 {value} 已由{hint}报过，一份决定书只能报一次；补报执行情况的，请更正原来月份的台账

-- Domain rule E-F04-01: the number is unique over all units and all time, so that no decision counts twice. A unit
-- that learns more of a decision sends the month again in which it listed it.
SELECT DISTINCT ON (here.source_id)
    here.submission_id,
    here.source_row,
    here.decision_no AS shown,
    concat(unit.name, ' ', to_char(other.month, 'YYYY-MM')) AS hint
FROM arrived
INNER JOIN form.penalty AS here ON arrived.submission_id = here.submission_id
INNER JOIN form.penalty AS other
    ON
        here.decision_no = other.decision_no
        AND here.submission_id > other.submission_id
INNER JOIN core.unit ON other.unit_code = unit.code
ORDER BY
    here.source_id ASC,
    other.source_id ASC
