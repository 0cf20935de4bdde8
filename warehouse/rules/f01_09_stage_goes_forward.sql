-- code: E-F01-09
-- at: accident.stage
-- message: 报告阶段倒退：{value}，{hint}，请核对；阶段依次为快报、续报、核报、结案、核销

-- Domain rule E-F01-09, by month, in what one unit says of one accident. Of two that contradict each other the one
-- that arrived later is asked, be it of the earlier or the later month.
WITH staged AS (
    SELECT
        accident.*,
        code.name AS stage_name,
        code.position AS step
    FROM form.accident
    INNER JOIN core.code ON code.list = 'accident.stage' AND accident.stage = code.code
)

SELECT DISTINCT ON (here.source_id)
    here.submission_id,
    here.source_row,
    concat('本表（', to_char(here.month, 'YYYY-MM'), '）为', here.stage_name) AS shown,
    concat(to_char(other.month, 'YYYY-MM'), ' 已报', other.stage_name) AS hint
FROM arrived
INNER JOIN staged AS here ON arrived.submission_id = here.submission_id
INNER JOIN staged AS other
    ON
        here.accident_no = other.accident_no
        AND here.unit_code = other.unit_code
        AND here.source_id > other.source_id
WHERE
    (other.month < here.month AND other.step > here.step)
    OR (other.month > here.month AND other.step < here.step)
ORDER BY
    here.source_id ASC,
    other.month DESC
