-- id: deaths_per_residents
-- code: ACC11
-- name: 十万人口生产安全事故死亡率
-- name_en: deaths per 100 000 residents
-- definition: 分子为发生日期在期内的事故死亡人数，分母为期末适用的全区常住人口；不足一年的不折算为全年。
-- unit: 人/十万
-- better: lower
-- over_time: window
-- compare: year_ago
-- source: accident
-- decimals: 2
-- value: ratio
-- factor: 100000

-- Residents as of schemas/reference/residents.toml; a part of a year is not extrapolated.
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
WHERE accident.deaths > 0
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
        reference.name = 'residents'
        AND period.end_on > reference.valid_from
        AND (reference.valid_to IS NULL OR period.end_on <= reference.valid_to)
