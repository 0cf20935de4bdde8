-- Of the tables that grew those whose statistics no longer tell how large they are: a tenth is new, or they have none.
SELECT given.name
FROM unnest(cast(:names AS text[]), cast(:added AS bigint[])) AS given (name, added)
INNER JOIN pg_class ON pg_class.oid = given.name::regclass
WHERE given.added * 10 >= pg_class.reltuples
ORDER BY given.name
