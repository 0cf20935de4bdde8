-- id: deaths_per_gdp
-- code: ACC12
-- name: 亿元GDP生产安全事故死亡率
-- name_en: deaths per 100 million yuan of GDP
-- definition: 只按全年计算：分子为发生日期在年内的事故死亡人数，分母为当年地区生产总值（亿元）；没有生产总值的年份不计算。
-- unit: 人/亿元
-- better: lower
-- over_time: window
-- compare: year_ago
-- source: accident
-- decimals: 3
-- value: ratio

-- Of whole years only; a year without a figure in schemas/reference/gdp.toml has no value.
SELECT
    accident.source_id,
    accident.town_code AS unit_code,
    accident.occurred_on AS on_date,
    accident.deaths AS numerator,
    NULL::numeric AS denominator,
    period.kind AS period_kind,
    period.start_on,
    period.end_on
FROM period
INNER JOIN form.counted_accident AS accident
    ON
        period.start_on <= accident.occurred_on
        AND period.end_on > accident.occurred_on
WHERE
    accident.deaths > 0
    AND period.kind = 'year'
UNION ALL
SELECT
    NULL::bigint AS source_id,
    reference.unit_code,
    period.end_on - 1 AS on_date,
    0 AS numerator,
    reference.amount AS denominator,
    period.kind AS period_kind,
    period.start_on,
    period.end_on
FROM period
INNER JOIN core.reference_value AS reference
    ON
        reference.name = 'gdp'
        AND period.end_on > reference.valid_from
        AND (reference.valid_to IS NULL OR period.end_on <= reference.valid_to)
WHERE period.kind = 'year'
