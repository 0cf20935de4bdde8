-- The rows of incidents that count, by the day on which they happened.
SELECT source_id
FROM form.counted_incident
WHERE
    occurred_on >= :since
    AND occurred_on < :until
ORDER BY
    occurred_on,
    source_id
