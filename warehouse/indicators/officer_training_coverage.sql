-- id: officer_training_coverage
-- code: OFF02
-- name: 灾害信息员培训覆盖率（分级）
-- name_en: training coverage of disaster information officers
-- definition: 分子为期内有1名及以上灾害信息员受训的单位数，分母为期末存在的区、乡镇街道、村社区数；分级另列。
-- unit: %
-- better: higher
-- over_time: window
-- compare: year_ago
-- source: officer
-- decimals: 1
-- value: ratio
-- factor: 100
-- breakdown: level

-- Every place that exists at the end of the period, with the last training of its officers in the period, if any.
SELECT DISTINCT ON (period.kind, period.start_on, period.end_on, place.code)
    training.source_id,
    place.code AS unit_code,
    coalesce(training.trained_on, period.end_on - 1) AS on_date,
    (training.source_id IS NOT NULL)::int AS numerator,
    1 AS denominator,
    place.level,
    period.kind AS period_kind,
    period.start_on,
    period.end_on
FROM period
INNER JOIN core.known_unit AS place
    ON
        place.level IN ('district', 'township', 'village')
        AND period.end_on > place.valid_from
        AND (place.valid_to IS NULL OR period.end_on <= place.valid_to)
LEFT JOIN form.officer_training AS training
    ON
        place.code = training.place_code
        AND period.start_on <= training.trained_on
        AND period.end_on > training.trained_on
ORDER BY
    period.kind ASC,
    period.start_on ASC,
    period.end_on ASC,
    place.code ASC,
    training.trained_on DESC NULLS LAST
