-- code: E-COV-22
-- at: *
-- message: 报了无变化，而以前没有报过{value}，没有可以沿用的数据，请完整填报一次

-- Domain section 4.1: 无变化 leaves the last snapshot in force, so there has to be one. Where a form has two tables of
-- snapshots, one of which nobody ever sent, the other is enough: nothing stays nothing.
SELECT
    arrived.submission_id,
    NULL::int AS source_row,
    form.title AS shown,
    NULL AS hint
FROM arrived
INNER JOIN core.known_state AS here ON arrived.submission_id = here.submission_id
INNER JOIN core.form ON arrived.form = form.id
LEFT JOIN core.known_state AS earlier
    ON
        here.form = earlier.form
        AND here.table_id = earlier.table_id
        AND here.unit_code = earlier.unit_code
        AND here.month > earlier.month
        AND earlier.state <> 'unchanged'
WHERE here.state = 'unchanged'
GROUP BY
    arrived.submission_id,
    form.title
HAVING count(earlier.submission_id) = 0
