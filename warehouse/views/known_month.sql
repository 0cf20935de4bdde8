-- The months of which the warehouse knows: from the first to the last one of which a report was accepted.
-- Looked up once: a plan that joins on it would look for the ends again for every row.
CREATE OR REPLACE VIEW form.known_month AS
WITH ends AS MATERIALIZED (
    SELECT
        min(month) AS first_month,
        max(month) AS last_month
    FROM core.known_submission
)

SELECT given.first_day::date AS month -- noqa: RF04
FROM ends
CROSS JOIN LATERAL generate_series(ends.first_month, ends.last_month, interval '1 month') AS given (first_day)
WHERE ends.first_month IS NOT NULL;
