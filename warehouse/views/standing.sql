-- For each month that is known the submission whose rows of a table stand: the last one up to it that said anything of
-- the table but "as before". A unit that is silent keeps what it last said.
CREATE OR REPLACE VIEW form.standing AS
SELECT DISTINCT ON (state.table_id, state.unit_code, known_month.month)
    state.table_id,
    state.unit_code,
    known_month.month,
    state.submission_id
FROM form.known_month
INNER JOIN core.known_state AS state ON known_month.month >= state.month
WHERE state.state <> 'unchanged'
ORDER BY
    state.table_id ASC,
    state.unit_code ASC,
    known_month.month ASC,
    state.month DESC;
