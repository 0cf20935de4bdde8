-- code: W-F13-03
-- at: risk.risk_colour
-- message: 风险等级一次下降两级以上：{hint}为{value}，请确认依据

-- Domain rule P-F13: red, orange, yellow, blue (安委办〔2016〕3号); two steps better since the snapshot before.
WITH changed AS (
    SELECT
        here.submission_id,
        here.source_row,
        here.risk_colour,
        latest.risk_colour AS colour_before,
        latest.month
    FROM arrived
    INNER JOIN form.risk AS here ON arrived.submission_id = here.submission_id
    CROSS JOIN LATERAL (
        SELECT
            past.risk_colour,
            past.month
        FROM form.risk AS past
        WHERE
            past.uscc = here.uscc
            AND past.unit_code = here.unit_code
            AND past.month < here.month
        ORDER BY past.month DESC
        LIMIT 1
    ) AS latest
)

SELECT
    changed.submission_id,
    changed.source_row,
    new_colour.name AS shown,
    concat(to_char(changed.month, 'YYYY-MM'), ' 的', old_colour.name, '变') AS hint
FROM changed
INNER JOIN core.code AS new_colour ON new_colour.list = 'risk.risk_colour' AND changed.risk_colour = new_colour.code
INNER JOIN core.code AS old_colour ON old_colour.list = 'risk.risk_colour' AND changed.colour_before = old_colour.code
WHERE new_colour.position - old_colour.position >= 2
