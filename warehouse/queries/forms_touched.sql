-- The forms of which something came or went after a moment, with the first month of it; and with the first month of
-- which a report came into force or went out of it.
SELECT
    form,
    min(month) AS first_come,
    min(month) FILTER (WHERE status NOT IN ('rejected', 'identical')) AS first_said
FROM core.submission
WHERE
    (recorded_from > :moment OR recorded_to > :moment)
    AND month IS NOT NULL
GROUP BY form
