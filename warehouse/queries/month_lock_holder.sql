-- Who holds the lock of a month, and since when.
WITH wanted AS (
    SELECT hashtextextended(:lock_name, 0) AS lock_number
)

SELECT
    holder.application_name,
    holder.xact_start
FROM pg_locks AS held
CROSS JOIN wanted
INNER JOIN pg_stat_activity AS holder ON held.pid = holder.pid
WHERE
    held.locktype = 'advisory'
    AND held.granted
    AND held.objsubid = 1
    AND holder.datname = current_database()
    AND (held.classid::bigint << 32 | held.objid::bigint) = wanted.lock_number
