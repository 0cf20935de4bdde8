-- The values that a publication changed, with those that stood before it.
WITH ended AS (
    SELECT *
    FROM mart.published_value
    WHERE to_publication = :publication
),

begun AS (
    SELECT *
    FROM mart.published_value
    WHERE from_publication = :publication
)

SELECT
    indicator_id,
    unit_code,
    period_kind,
    start_on,
    end_on,
    dimension,
    member,
    ended.value AS before,
    begun.value AS after
FROM ended
FULL JOIN begun USING (indicator_id, unit_code, period_kind, start_on, end_on, dimension, member)
WHERE ended.value IS DISTINCT FROM begun.value
ORDER BY
    start_on,
    end_on,
    indicator_id,
    unit_code,
    dimension,
    member
