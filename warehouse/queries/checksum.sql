-- A fingerprint of all values in the order of their keys, the same on every server.
WITH line AS (
    SELECT
        concat_ws('|', indicator_id, unit_code, period_kind, start_on, end_on, dimension, member) AS place,
        candidate::text AS figures
    FROM candidate
)

SELECT encode(sha256(convert_to(string_agg(figures, e'\n' ORDER BY place COLLATE "C"), 'UTF8')), 'hex')
FROM line
