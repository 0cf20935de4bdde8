-- Every table, view and column of schema mart as the database describes it, in the order of its columns.
SELECT
    shown.relname AS relation,
    CASE WHEN shown.relkind IN ('r', 'p') THEN 'table' ELSE 'view' END AS kind,
    obj_description(shown.oid, 'pg_class') AS relation_comment,
    part.attname AS column_name,
    format_type(part.atttypid, part.atttypmod) AS type_name,
    col_description(shown.oid, part.attnum) AS column_comment
FROM pg_catalog.pg_class AS shown
INNER JOIN pg_catalog.pg_namespace AS owner_schema ON shown.relnamespace = owner_schema.oid
INNER JOIN pg_catalog.pg_attribute AS part ON shown.oid = part.attrelid
WHERE
    owner_schema.nspname = 'mart'
    AND shown.relkind IN ('r', 'v', 'm', 'p')
    AND part.attnum > 0
    AND NOT part.attisdropped
ORDER BY
    shown.relname ASC,
    part.attnum ASC
