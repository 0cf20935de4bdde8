-- code: E-F05-13
-- at: hazard.level
-- message: {hint} 报为重大隐患，本月改成一般，请填写判定依据

-- Domain rule P-F05-13: a general hazard may become a major one at any time, a major one a general one only with a
-- basis.
WITH lowered AS (
    SELECT
        here.submission_id,
        here.source_row,
        here.hazard_no,
        latest.level,
        latest.month
    FROM arrived
    INNER JOIN form.hazard AS here ON arrived.submission_id = here.submission_id
    CROSS JOIN
        LATERAL (
            SELECT
                past.level,
                past.month
            FROM form.hazard AS past
            WHERE
                past.hazard_no = here.hazard_no
                AND past.unit_code = here.unit_code
                AND past.month < here.month
            ORDER BY past.month DESC
            LIMIT 1
        ) AS latest
    WHERE
        here.level = 'general'
        AND here.basis IS NULL
)

SELECT
    submission_id,
    source_row,
    hazard_no AS shown,
    to_char(month, 'YYYY-MM') AS hint
FROM lowered
WHERE level = 'major'
