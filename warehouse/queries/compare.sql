-- Each value compared with the same period a year ago (同比) and the period before (环比), as these are by the units of
-- the value's own time.
INSERT INTO candidate
WITH compared AS (
    SELECT
        own.*,
        CASE WHEN base_restated.comparison IS NULL THEN base.amount ELSE base_restated.amount END AS year_ago,
        CASE
            WHEN earlier_restated.comparison IS NULL THEN earlier.amount
            ELSE earlier_restated.amount
        END AS previous,
        coalesce(base_restated.expected, base.expected) AS year_ago_expected,
        coalesce(base_restated.received, base.received) AS year_ago_received
    FROM computed_value AS own
    INNER JOIN needed
        ON
            own.indicator_id = needed.indicator_id
            AND own.period_kind = needed.period_kind
            AND own.start_on = needed.start_on
            AND own.end_on = needed.end_on
            AND needed.is_wanted
    LEFT JOIN computed_value AS base
        ON
            own.indicator_id = base.indicator_id
            AND own.unit_code = base.unit_code
            AND own.period_kind = base.period_kind
            AND own.start_on = (base.start_on + interval '1 year')::date
            AND own.end_on = (base.end_on + interval '1 year')::date
            AND own.dimension = base.dimension
            AND own.member = base.member
            AND base.comparison = ''
    LEFT JOIN computed_value AS base_restated
        ON
            own.indicator_id = base_restated.indicator_id
            AND own.unit_code = base_restated.unit_code
            AND own.period_kind = base_restated.period_kind
            AND own.start_on = (base_restated.start_on + interval '1 year')::date
            AND own.end_on = (base_restated.end_on + interval '1 year')::date
            AND own.dimension = base_restated.dimension
            AND own.member = base_restated.member
            AND base_restated.comparison = 'year_ago'
    -- The period before; years to date have none, since they are never compared so.
    LEFT JOIN computed_value AS earlier
        ON
            own.indicator_id = earlier.indicator_id
            AND own.unit_code = earlier.unit_code
            AND own.period_kind = earlier.period_kind
            AND own.period_kind <> 'year_to_date'
            AND own.start_on = earlier.end_on
            AND own.dimension = earlier.dimension
            AND own.member = earlier.member
            AND earlier.comparison = ''
    LEFT JOIN computed_value AS earlier_restated
        ON
            own.indicator_id = earlier_restated.indicator_id
            AND own.unit_code = earlier_restated.unit_code
            AND own.period_kind = earlier_restated.period_kind
            AND own.start_on = earlier_restated.end_on
            AND own.dimension = earlier_restated.dimension
            AND own.member = earlier_restated.member
            AND earlier_restated.comparison = 'previous'
    WHERE own.comparison = ''
)

SELECT
    indicator_id,
    unit_code,
    period_kind,
    start_on,
    end_on,
    dimension,
    member,
    numerator,
    denominator,
    amount AS value, -- noqa: RF04
    year_ago,
    amount - year_ago AS change, -- noqa: RF04
    CASE WHEN NOT is_share THEN (amount - year_ago) * 100 / nullif(year_ago, 0) END AS change_rate,
    previous,
    expected AS reports_expected,
    received AS reports_received,
    year_ago_expected,
    year_ago_received,
    on_time AS reports_on_time
FROM compared;

ANALYZE candidate
