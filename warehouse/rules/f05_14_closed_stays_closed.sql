-- code: E-F05-14
-- at: hazard.status
-- message: 隐患 {value} 在{hint}，销号后不能重新打开；再次出现的，请用新的编号填报

-- Domain rule P-F05-14, by month, in the ledgers of one unit. Of two that contradict each other the one that arrived
-- later is asked, be it of the earlier or the later month.
SELECT DISTINCT ON (here.source_id)
    here.submission_id,
    here.source_row,
    here.hazard_no AS shown,
    CASE
        WHEN other.month < here.month THEN concat(' ', to_char(other.month, 'YYYY-MM'), ' 已销号')
        ELSE concat('本表已销号，而 ', to_char(other.month, 'YYYY-MM'), ' 未销号')
    END AS hint
FROM arrived
INNER JOIN form.hazard AS here ON arrived.submission_id = here.submission_id
INNER JOIN form.hazard AS other
    ON
        here.hazard_no = other.hazard_no
        AND here.unit_code = other.unit_code
        AND here.submission_id > other.submission_id
WHERE
    (other.month < here.month AND other.status = 'closed' AND here.status <> 'closed')
    OR (other.month > here.month AND other.status <> 'closed' AND here.status = 'closed')
ORDER BY
    here.source_id ASC,
    other.month DESC
