-- For each indicator and period: the numerator of the district, of all contributing rows wherever they belong, and of
-- what lies directly below the district with the rows that belong to nothing below it.
WITH district AS (
    SELECT DISTINCT code
    FROM core.known_unit
    WHERE level = 'district'
),

line AS (
    SELECT
        'sum' AS over_time,
        month_line.*
    FROM month_line
    UNION ALL
    SELECT
        'window' AS over_time,
        window_line.*
    FROM window_line
),

-- Directly below the district lies what has nothing but the district above it.
direct AS (
    SELECT
        over_time,
        unit_code,
        since,
        until
    FROM line
    GROUP BY
        over_time,
        unit_code,
        since,
        until
    HAVING count(*) = 2 AND bool_or(above_code = unit_code)
),

-- A unit that was moved lay there for a part of a period only, so that its value tells nothing of the balance.
direct_in_period AS (
    SELECT
        direct.over_time,
        direct.unit_code,
        period.kind AS period_kind,
        period.start_on,
        period.end_on,
        direct.over_time = 'window'
        OR sum(least(direct.until, period.end_on) - greatest(direct.since, period.start_on))
        = period.end_on - period.start_on AS is_whole
    FROM direct
    INNER JOIN period
        ON
            direct.since < period.end_on
            AND CASE direct.over_time
                WHEN 'window' THEN direct.until >= period.end_on
                ELSE direct.until > period.start_on
            END
    GROUP BY
        direct.over_time,
        direct.unit_code,
        period.kind,
        period.start_on,
        period.end_on
),

-- What a unit belongs to directly below the district; empty where nothing there has a part in it.
top AS (
    SELECT
        line.over_time,
        line.unit_code,
        line.since,
        line.until,
        max(direct.unit_code) AS top_code
    FROM line
    LEFT JOIN direct
        ON
            line.over_time = direct.over_time
            AND line.above_code = direct.unit_code
            AND line.since = direct.since
    GROUP BY
        line.over_time,
        line.unit_code,
        line.since,
        line.until
),

contributed AS (
    SELECT
        month_sum.indicator_id,
        'sum' AS over_time,
        period.period_kind,
        period.start_on,
        period.end_on,
        top.top_code,
        month_sum.numerator
    FROM month_sum
    INNER JOIN needed AS period
        ON
            month_sum.indicator_id = period.indicator_id
            AND month_sum.month >= period.start_on
            AND month_sum.month < period.end_on
            AND period.is_wanted
    LEFT JOIN top
        ON
            month_sum.unit_code = top.unit_code
            AND top.over_time = 'sum'
            AND month_sum.month >= top.since
            AND month_sum.month < top.until
    WHERE month_sum.dimension = ''
    UNION ALL
    SELECT
        period_sum.indicator_id,
        'window' AS over_time,
        period_sum.period_kind,
        period_sum.start_on,
        period_sum.end_on,
        top.top_code,
        period_sum.numerator
    FROM period_sum
    LEFT JOIN top
        ON
            period_sum.unit_code = top.unit_code
            AND top.over_time = 'window'
            AND period_sum.end_on > top.since
            AND period_sum.end_on <= top.until
    WHERE period_sum.dimension = ''
),

row_total AS (
    SELECT
        contributed.indicator_id,
        contributed.period_kind,
        contributed.start_on,
        contributed.end_on,
        sum(contributed.numerator) AS of_rows,
        sum(contributed.numerator) FILTER (WHERE direct.is_whole IS NOT TRUE) AS of_no_unit
    FROM contributed
    LEFT JOIN direct_in_period AS direct
        ON
            contributed.over_time = direct.over_time
            AND contributed.top_code = direct.unit_code
            AND contributed.period_kind = direct.period_kind
            AND contributed.start_on = direct.start_on
            AND contributed.end_on = direct.end_on
    GROUP BY
        contributed.indicator_id,
        contributed.period_kind,
        contributed.start_on,
        contributed.end_on
),

unit_total AS (
    SELECT
        candidate.indicator_id,
        candidate.period_kind,
        candidate.start_on,
        candidate.end_on,
        count(*) FILTER (WHERE district.code IS NOT NULL) AS districts,
        sum(candidate.numerator) FILTER (WHERE district.code IS NOT NULL) AS of_district,
        sum(candidate.numerator) FILTER (WHERE direct.is_whole) AS of_units
    FROM candidate
    INNER JOIN mart.indicator ON candidate.indicator_id = indicator.id
    LEFT JOIN district ON candidate.unit_code = district.code
    LEFT JOIN direct_in_period AS direct
        ON
            CASE indicator.over_time WHEN 'sum' THEN 'sum' ELSE 'window' END = direct.over_time
            AND candidate.unit_code = direct.unit_code
            AND candidate.period_kind = direct.period_kind
            AND candidate.start_on = direct.start_on
            AND candidate.end_on = direct.end_on
    WHERE candidate.dimension = ''
    GROUP BY
        candidate.indicator_id,
        candidate.period_kind,
        candidate.start_on,
        candidate.end_on
)

SELECT
    concat_ws(' ', indicator.name, period.period_kind, period.start_on) AS place,
    unit_total.districts::float8 AS districts,
    -- What units have in common, or the least of any, is no sum.
    CASE WHEN setting.over_units = 'sum' THEN coalesce(unit_total.of_district, 0)::float8 ELSE 0 END AS of_district,
    CASE
        WHEN setting.over_units = 'sum'
            THEN (coalesce(unit_total.of_units, 0) + coalesce(row_total.of_no_unit, 0))::float8
        ELSE 0
    END AS of_units,
    CASE WHEN setting.over_units = 'sum' THEN coalesce(row_total.of_rows, 0)::float8 ELSE 0 END AS of_rows
FROM indicator_setting AS setting
INNER JOIN mart.indicator ON setting.indicator_id = indicator.id
INNER JOIN needed AS period ON setting.indicator_id = period.indicator_id AND period.is_wanted
LEFT JOIN unit_total
    ON
        setting.indicator_id = unit_total.indicator_id
        AND period.period_kind = unit_total.period_kind
        AND period.start_on = unit_total.start_on
        AND period.end_on = unit_total.end_on
LEFT JOIN row_total
    ON
        setting.indicator_id = row_total.indicator_id
        AND period.period_kind = row_total.period_kind
        AND period.start_on = row_total.start_on
        AND period.end_on = row_total.end_on
