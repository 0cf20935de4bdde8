-- The tables and views of schema mart that the reader may read, and we; where there is no reader yet, that we may.
SELECT shown.relname
FROM pg_catalog.pg_class AS shown
INNER JOIN pg_catalog.pg_namespace AS owner_schema ON shown.relnamespace = owner_schema.oid
LEFT JOIN pg_catalog.pg_roles AS reader ON reader.rolname = 'huizong_reader'
WHERE
    owner_schema.nspname = 'mart'
    AND shown.relkind IN ('r', 'v', 'm', 'p')
    AND has_schema_privilege(owner_schema.oid, 'USAGE')
    AND has_table_privilege(shown.oid, 'SELECT')
    AND (reader.oid IS NULL OR has_table_privilege(reader.oid, shown.oid, 'SELECT'))
