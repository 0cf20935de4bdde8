-- The submissions in the files that a night brought, by unit and form. A replaced one was accepted too.
WITH brought AS (
    SELECT file_id
    FROM core.file
    WHERE run_id = :night
)

SELECT
    submission.unit_code,
    submission.form,
    coalesce(
        array_agg(DISTINCT submission.month ORDER BY submission.month) FILTER (WHERE submission.month IS NOT NULL),
        '{}'
    ) AS months,
    coalesce(
        array_agg(DISTINCT submission.month ORDER BY submission.month)
        FILTER (WHERE submission.status = 'rejected' AND submission.month IS NOT NULL),
        '{}'
    ) AS rejected_months,
    count(*) FILTER (WHERE submission.status IN ('accepted', 'superseded', 'withdrawn')) AS accepted,
    count(*) FILTER (WHERE submission.status = 'rejected') AS rejected,
    count(*) FILTER (WHERE submission.status = 'held') AS held,
    count(*) FILTER (WHERE submission.status = 'identical') AS identical,
    coalesce(sum(submission.rows) FILTER (WHERE submission.status NOT IN ('rejected', 'identical')), 0)::bigint
        AS row_count,
    sum(submission.errors)::bigint AS errors,
    sum(submission.warnings)::bigint AS warnings
FROM core.submission
INNER JOIN brought ON submission.file_id = brought.file_id
GROUP BY
    submission.unit_code,
    submission.form
ORDER BY
    submission.unit_code,
    submission.form
