-- code: E-F05-13
-- at: hazard.level
-- message: {hint} 报为重大隐患，本月改成一般，请填写判定依据

-- Domain rule P-F05-13: a general hazard may become a major one at any time, a major one a general one only with a
-- basis.
WITH latest AS (
    SELECT DISTINCT ON (here.source_id)
        here.submission_id,
        here.source_row,
        here.hazard_no,
        past.level,
        past.month
    FROM arrived
    INNER JOIN form.hazard AS here ON arrived.submission_id = here.submission_id
    INNER JOIN form.hazard AS past
        ON
            here.hazard_no = past.hazard_no
            AND here.unit_code = past.unit_code
            AND here.month > past.month
    WHERE
        here.level = 'general'
        AND here.basis IS NULL
    ORDER BY
        here.source_id ASC,
        past.month DESC
)

SELECT
    submission_id,
    source_row,
    hazard_no AS shown,
    to_char(month, 'YYYY-MM') AS hint
FROM latest
WHERE level = 'major'
