-- For each indicator and period: the numerator of the district, of all contributing rows wherever they belong, and of
-- what lies directly below the district with the district's own rows.
WITH district AS (
    SELECT code
    FROM core.unit
    WHERE level = 'district'
),

contributed AS (
    SELECT
        month_sum.indicator_id,
        period.kind AS period_kind,
        period.start_on,
        period.end_on,
        month_sum.unit_code,
        month_sum.numerator
    FROM month_sum
    INNER JOIN period ON month_sum.month >= period.start_on AND month_sum.month < period.end_on
    WHERE month_sum.dimension = ''
    UNION ALL
    SELECT
        indicator_id,
        period_kind,
        start_on,
        end_on,
        unit_code,
        numerator
    FROM period_sum
    WHERE dimension = ''
),

row_total AS (
    SELECT
        contributed.indicator_id,
        contributed.period_kind,
        contributed.start_on,
        contributed.end_on,
        sum(contributed.numerator) AS of_rows,
        sum(contributed.numerator) FILTER (WHERE district.code IS NOT NULL) AS of_own_rows
    FROM contributed
    LEFT JOIN district ON contributed.unit_code = district.code
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
        count(*) FILTER (WHERE unit.level = 'district') AS districts,
        sum(candidate.numerator) FILTER (WHERE unit.level = 'district') AS of_district,
        sum(candidate.numerator) FILTER (WHERE unit.parent IN (SELECT district.code FROM district)) AS of_units
    FROM candidate
    INNER JOIN core.unit ON candidate.unit_code = unit.code
    WHERE candidate.dimension = ''
    GROUP BY
        candidate.indicator_id,
        candidate.period_kind,
        candidate.start_on,
        candidate.end_on
)

SELECT
    concat_ws(' ', indicator.name, period.kind, period.start_on) AS place,
    unit_total.districts::float8 AS districts,
    coalesce(unit_total.of_district, 0)::float8 AS of_district,
    (coalesce(unit_total.of_units, 0) + coalesce(row_total.of_own_rows, 0))::float8 AS of_units,
    coalesce(row_total.of_rows, 0)::float8 AS of_rows
FROM indicator_setting AS setting
INNER JOIN mart.indicator ON setting.indicator_id = indicator.id
CROSS JOIN period
LEFT JOIN unit_total
    ON
        setting.indicator_id = unit_total.indicator_id
        AND period.kind = unit_total.period_kind
        AND period.start_on = unit_total.start_on
        AND period.end_on = unit_total.end_on
LEFT JOIN row_total
    ON
        setting.indicator_id = row_total.indicator_id
        AND period.kind = row_total.period_kind
        AND period.start_on = row_total.start_on
        AND period.end_on = row_total.end_on
