-- For each indicator: how many values of the candidate stand outside the range that its file says, with some of them.
WITH declared AS (
    SELECT
        given.indicator_id,
        given.dimension,
        given.member
    FROM jsonb_to_recordset(cast(:members AS jsonb)) AS given (indicator_id text, dimension text, member text)
),

judged AS (
    SELECT
        candidate.*,
        indicator.name AS indicator_name,
        candidate.value < 0 AS is_negative,
        coalesce(setting.is_share AND candidate.numerator > candidate.denominator, FALSE) AS is_beyond,
        candidate.dimension <> '' AND declared.member IS NULL AS is_undeclared,
        candidate.reports_received > candidate.reports_expected
        OR candidate.reports_on_time > candidate.reports_received AS is_overcounted,
        unit.code IS NULL OR period.kind IS NULL OR indicator.id IS NULL AS is_adrift,
        -- A member that is none may be a name: it is not shown.
        concat_ws(' ', coalesce(unit.name, candidate.unit_code), candidate.period_kind, candidate.start_on) AS spot
    FROM candidate
    INNER JOIN indicator_setting AS setting ON candidate.indicator_id = setting.indicator_id
    LEFT JOIN mart.indicator ON candidate.indicator_id = indicator.id
    LEFT JOIN core.unit ON candidate.unit_code = unit.code
    LEFT JOIN period
        ON
            candidate.period_kind = period.kind
            AND candidate.start_on = period.start_on
            AND candidate.end_on = period.end_on
    LEFT JOIN declared
        ON
            candidate.indicator_id = declared.indicator_id
            AND candidate.dimension = declared.dimension
            AND candidate.member = declared.member
)

SELECT
    coalesce(max(indicator_name), indicator_id) AS place,
    count(*) FILTER (WHERE is_negative) AS negative,
    (array_agg(spot) FILTER (WHERE is_negative))[1:3] AS negative_at,
    count(*) FILTER (WHERE is_beyond) AS beyond,
    (array_agg(spot) FILTER (WHERE is_beyond))[1:3] AS beyond_at,
    count(*) FILTER (WHERE is_undeclared) AS undeclared,
    (array_agg(spot) FILTER (WHERE is_undeclared))[1:3] AS undeclared_at,
    count(*) FILTER (WHERE is_overcounted) AS overcounted,
    (array_agg(spot) FILTER (WHERE is_overcounted))[1:3] AS overcounted_at,
    count(*) FILTER (WHERE is_adrift) AS adrift,
    (array_agg(spot) FILTER (WHERE is_adrift))[1:3] AS adrift_at
FROM judged
GROUP BY indicator_id
ORDER BY indicator_id
