-- id: campaign_rectification_rate
-- code: CMP03
-- name: 专项行动隐患整改率
-- name_en: rectification rate of campaign hazards
-- definition: 分母为排查日期在期内、标明专项行动的隐患，分子为其中期末及以前验收销号的；往期排查、本期销号的不计。
-- unit: %
-- better: higher
-- over_time: window
-- compare: year_ago, to_date
-- source: hazard
-- decimals: 1
-- value: ratio
-- factor: 100
-- breakdown: campaign_code

-- A cohort, as HAZ04: of the hazards of a campaign found in the period those verified by its end.
SELECT
    hazard.source_id,
    hazard.unit_code,
    hazard.found_on AS on_date,
    coalesce(hazard.verified_on < period.end_on, FALSE)::int AS numerator,
    1 AS denominator,
    hazard.campaign_code,
    period.kind AS period_kind,
    period.start_on,
    period.end_on
FROM period
INNER JOIN form.counted_hazard AS hazard
    ON
        period.start_on <= hazard.found_on
        AND period.end_on > hazard.found_on
WHERE hazard.campaign_code <> 'none'
