-- For each indicator whose months add up: in how many units and longer periods the months, as they will stand, do not
-- make the period. Periods of which all months are known: a due day may lie after them, in the same year.
WITH known AS (
    SELECT
        min(month) AS since,
        (max(month) + interval '1 month')::date AS known_until
    FROM computed_month
),

longer AS (
    SELECT
        needed.indicator_id,
        needed.period_kind,
        needed.start_on,
        needed.end_on
    FROM needed
    INNER JOIN mart.indicator ON needed.indicator_id = indicator.id AND indicator.over_time = 'sum'
    INNER JOIN known ON needed.start_on >= known.since AND needed.end_on <= known.known_until
    WHERE
        needed.is_wanted
        AND needed.period_kind <> 'month'
),

longer_month AS (
    SELECT
        longer.indicator_id,
        longer.period_kind,
        longer.start_on,
        longer.end_on,
        computed_month.month
    FROM longer
    INNER JOIN computed_month ON longer.start_on <= computed_month.month AND longer.end_on > computed_month.month
),

-- A month that was not computed anew stands as it was published. Units are named so that each value is looked up.
as_published AS (
    SELECT DISTINCT
        longer_month.indicator_id,
        unit.code AS unit_code,
        longer_month.month
    FROM longer_month
    CROSS JOIN core.unit
    WHERE
        NOT EXISTS (
            SELECT
            FROM needed
            WHERE
                longer_month.indicator_id = needed.indicator_id
                AND needed.period_kind = 'month'
                AND longer_month.month = needed.start_on
                AND needed.is_wanted
        )
),

standing AS (
    SELECT
        candidate.indicator_id,
        candidate.unit_code,
        candidate.start_on AS month, -- noqa: RF04
        candidate.numerator,
        candidate.denominator
    FROM candidate
    WHERE
        candidate.period_kind = 'month'
        AND candidate.dimension = ''
    UNION ALL
    SELECT
        as_published.indicator_id,
        as_published.unit_code,
        as_published.month,
        published.numerator,
        published.denominator
    FROM as_published
    CROSS JOIN LATERAL (
        -- There is no more than one; said so, it is looked up instead of every value being read.
        SELECT
            found.numerator,
            found.denominator
        FROM mart.published_value AS found
        WHERE
            as_published.indicator_id = found.indicator_id
            AND as_published.unit_code = found.unit_code
            AND as_published.month = found.start_on
            AND found.period_kind = 'month'
            AND found.dimension = ''
            AND found.to_publication IS NULL
        ORDER BY found.from_publication
        LIMIT 1
    ) AS published
),

added AS (
    SELECT
        longer_month.indicator_id,
        longer_month.period_kind,
        longer_month.start_on,
        longer_month.end_on,
        standing.unit_code,
        coalesce(sum(standing.numerator), 0) AS numerator,
        coalesce(sum(standing.denominator), 0) AS denominator
    FROM longer_month
    INNER JOIN standing
        ON
            longer_month.indicator_id = standing.indicator_id
            AND longer_month.month = standing.month
    GROUP BY
        longer_month.indicator_id,
        longer_month.period_kind,
        longer_month.start_on,
        longer_month.end_on,
        standing.unit_code
),

computed AS (
    SELECT
        candidate.indicator_id,
        candidate.period_kind,
        candidate.start_on,
        candidate.end_on,
        candidate.unit_code,
        coalesce(candidate.numerator, 0) AS numerator,
        coalesce(candidate.denominator, 0) AS denominator
    FROM candidate
    INNER JOIN longer
        ON
            candidate.indicator_id = longer.indicator_id
            AND candidate.period_kind = longer.period_kind
            AND candidate.start_on = longer.start_on
            AND candidate.end_on = longer.end_on
    WHERE candidate.dimension = ''
),

judged AS (
    SELECT
        coalesce(computed.indicator_id, added.indicator_id) AS indicator_id,
        coalesce(computed.unit_code, added.unit_code) AS unit_code,
        coalesce(computed.period_kind, added.period_kind) AS period_kind,
        coalesce(computed.start_on, added.start_on) AS start_on,
        coalesce(computed.numerator, 0) <> coalesce(added.numerator, 0)
        OR coalesce(computed.denominator, 0) <> coalesce(added.denominator, 0) AS is_uneven
    FROM computed
    FULL JOIN added
        ON
            computed.indicator_id = added.indicator_id
            AND computed.unit_code = added.unit_code
            AND computed.period_kind = added.period_kind
            AND computed.start_on = added.start_on
            AND computed.end_on = added.end_on
)

SELECT
    indicator.name AS place,
    count(*) FILTER (WHERE judged.is_uneven) AS uneven,
    (array_agg(concat_ws(' ', unit.name, judged.period_kind, judged.start_on)) FILTER (WHERE judged.is_uneven))[
        1:3
    ] AS uneven_at
FROM judged
INNER JOIN mart.indicator ON judged.indicator_id = indicator.id
INNER JOIN core.unit ON judged.unit_code = unit.code
GROUP BY indicator.id
ORDER BY indicator.id
