-- id: major_rectification_rate
-- code: HAZ08
-- name: 重大事故隐患整改率
-- name_en: rectification rate of major hazards
-- definition: 分母为排查日期在期内的重大事故隐患，分子为其中期末及以前验收销号的；往期排查、本期销号的不计。
-- unit: %
-- better: higher
-- over_time: window
-- compare: year_ago, previous, to_date
-- source: hazard
-- decimals: 1
-- value: ratio
-- factor: 100

-- A cohort, as HAZ04: of the major hazards found in the period those verified by its end.
SELECT
    hazard.source_id,
    hazard.unit_code,
    hazard.found_on AS on_date,
    coalesce(hazard.verified_on < period.end_on, FALSE)::int AS numerator,
    1 AS denominator,
    period.kind AS period_kind,
    period.start_on,
    period.end_on
FROM period
INNER JOIN form.counted_hazard AS hazard
    ON
        period.start_on <= hazard.found_on
        AND period.end_on > hazard.found_on
WHERE hazard.level = 'major'
