-- The forms of which a report came into force or went out of it after a moment.
SELECT DISTINCT form
FROM core.submission
WHERE
    recorded_from > :moment
    OR recorded_to > :moment
