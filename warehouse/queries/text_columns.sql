-- The text columns of the tables and views of schema mart, without those relations that are excluded.
SELECT
    table_name,
    column_name
FROM information_schema.columns
WHERE
    table_schema = 'mart'
    AND table_name <> all(cast(:excluded AS text[]))
    AND data_type IN ('text', 'character varying')
ORDER BY
    table_name,
    ordinal_position
