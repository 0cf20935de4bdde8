-- When each (form, unit) of a month was last taken out: what came before stays out.
WITH wanted AS (
    SELECT unnest(cast(:months AS date[])) AS first_day
)

SELECT
    submission.form,
    submission.unit_code,
    submission.month,
    max(audit.recorded_at) AS withdrawn_at
FROM core.submission
INNER JOIN core.audit ON submission.audit_id = audit.audit_id
INNER JOIN wanted ON submission.month = wanted.first_day
WHERE submission.status = 'withdrawn'
GROUP BY
    submission.form,
    submission.unit_code,
    submission.month
