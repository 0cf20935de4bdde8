-- For each breakdown of what adds up over units: in how many units and periods its parts are more than the whole, or
-- less where every row has a part.
WITH breakdown AS (
    SELECT
        given.indicator_id,
        given.dimension,
        given.adds_up
    FROM jsonb_to_recordset(cast(:breakdowns AS jsonb)) AS given (indicator_id text, dimension text, adds_up boolean)
),

part AS (
    SELECT
        candidate.indicator_id,
        candidate.unit_code,
        candidate.period_kind,
        candidate.start_on,
        candidate.end_on,
        candidate.dimension,
        sum(candidate.numerator) AS numerator
    FROM candidate
    WHERE candidate.dimension <> ''
    GROUP BY
        candidate.indicator_id,
        candidate.unit_code,
        candidate.period_kind,
        candidate.start_on,
        candidate.end_on,
        candidate.dimension
),

judged AS (
    SELECT
        whole.indicator_id,
        breakdown.dimension,
        coalesce(part.numerator, 0) > coalesce(whole.numerator, 0) AS is_more,
        breakdown.adds_up AND coalesce(part.numerator, 0) < coalesce(whole.numerator, 0) AS is_fewer,
        concat_ws(' ', unit.name, whole.period_kind, whole.start_on) AS spot
    FROM candidate AS whole
    INNER JOIN breakdown ON whole.indicator_id = breakdown.indicator_id
    INNER JOIN core.unit ON whole.unit_code = unit.code
    LEFT JOIN part
        ON
            whole.indicator_id = part.indicator_id
            AND whole.unit_code = part.unit_code
            AND whole.period_kind = part.period_kind
            AND whole.start_on = part.start_on
            AND whole.end_on = part.end_on
            AND breakdown.dimension = part.dimension
    WHERE whole.dimension = ''
)

SELECT
    concat_ws(' ', indicator.name, judged.dimension) AS place,
    count(*) FILTER (WHERE judged.is_more) AS more,
    (array_agg(judged.spot) FILTER (WHERE judged.is_more))[1:3] AS more_at,
    count(*) FILTER (WHERE judged.is_fewer) AS fewer,
    (array_agg(judged.spot) FILTER (WHERE judged.is_fewer))[1:3] AS fewer_at
FROM judged
INNER JOIN mart.indicator ON judged.indicator_id = indicator.id
GROUP BY
    indicator.id,
    judged.dimension
ORDER BY
    indicator.id,
    judged.dimension
