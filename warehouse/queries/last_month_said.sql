-- The last month before a given one of which anything is known of a table of a unit; NULL where there is none.
SELECT max(known_state.month)
FROM core.known_state
WHERE
    known_state.form = :form
    AND known_state.table_id = :table_id
    AND known_state.unit_code = :unit_code
    AND known_state.month < :month
