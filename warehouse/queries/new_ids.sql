-- Ids of an identity column, as many as are asked for.
SELECT nextval(pg_get_serial_sequence(:table_name, :id_column)) AS id
FROM generate_series(1, :wanted)
