-- The values that a publication changed, with those that stood before it.
WITH earlier AS (
    SELECT
        indicator_id,
        unit_code,
        period_kind,
        start_on,
        end_on,
        dimension,
        member,
        value -- noqa: RF04
    FROM mart.published_value
    WHERE to_publication = :publication
),

later AS (
    SELECT
        indicator_id,
        unit_code,
        period_kind,
        start_on,
        end_on,
        dimension,
        member,
        value -- noqa: RF04
    FROM mart.published_value
    WHERE from_publication = :publication
)

SELECT
    coalesce(earlier.indicator_id, later.indicator_id) AS indicator_id,
    coalesce(earlier.unit_code, later.unit_code) AS unit_code,
    coalesce(earlier.period_kind, later.period_kind) AS period_kind,
    coalesce(earlier.start_on, later.start_on) AS start_on,
    coalesce(earlier.end_on, later.end_on) AS end_on,
    coalesce(earlier.dimension, later.dimension) AS dimension,
    coalesce(earlier.member, later.member) AS member,
    earlier.value AS value_before,
    later.value AS value_after
FROM earlier
FULL JOIN later
    ON
        earlier.indicator_id = later.indicator_id
        AND earlier.unit_code = later.unit_code
        AND earlier.period_kind = later.period_kind
        AND earlier.start_on = later.start_on
        AND earlier.end_on = later.end_on
        AND earlier.dimension = later.dimension
        AND earlier.member = later.member
WHERE earlier.value IS DISTINCT FROM later.value
ORDER BY
    start_on,
    end_on,
    period_kind,
    indicator_id,
    unit_code,
    dimension,
    member
