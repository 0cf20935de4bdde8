-- code: W-F13-03
-- at: risk.risk_colour
-- message: 风险等级一次下降两级以上：{hint}为{value}，请确认依据

-- Domain rule P-F13: red, orange, yellow, blue (安委办〔2016〕3号); two steps better since the snapshot before.
WITH latest AS (
    SELECT DISTINCT ON (here.source_id)
        here.submission_id,
        here.source_row,
        here.risk_colour,
        past.risk_colour AS colour_before,
        past.month
    FROM arrived
    INNER JOIN form.risk AS here ON arrived.submission_id = here.submission_id
    INNER JOIN form.risk AS past
        ON
            here.uscc = past.uscc
            AND here.unit_code = past.unit_code
            AND here.month > past.month
    ORDER BY
        here.source_id ASC,
        past.month DESC
)

SELECT
    latest.submission_id,
    latest.source_row,
    new_colour.name AS shown,
    concat(to_char(latest.month, 'YYYY-MM'), ' 的', old_colour.name, '变') AS hint
FROM latest
INNER JOIN core.code AS new_colour ON new_colour.list = 'risk.risk_colour' AND latest.risk_colour = new_colour.code
INNER JOIN core.code AS old_colour ON old_colour.list = 'risk.risk_colour' AND latest.colour_before = old_colour.code
WHERE new_colour.position - old_colour.position >= 2
