-- Who holds the lock of a month, and since when.
WITH wanted AS (
    SELECT hashtextextended(:lock_name, 0) AS lock_key
)

SELECT
    session.application_name,
    session.xact_start
FROM pg_locks AS held
CROSS JOIN wanted
INNER JOIN pg_stat_activity AS session ON held.pid = session.pid
WHERE
    held.locktype = 'advisory'
    AND held.granted
    AND held.objsubid = 1
    AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND (held.classid::bigint << 32 | held.objid::bigint) = wanted.lock_key
