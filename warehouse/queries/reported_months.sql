-- The first and the last month of which a report is known. A rejected one does not count: its month may be what is
-- wrong with it.
SELECT
    min(month) AS first_month,
    max(month) AS last_month
FROM core.known_submission
