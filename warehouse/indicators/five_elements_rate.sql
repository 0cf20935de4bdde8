-- id: five_elements_rate
-- code: HAZ09
-- name: 重大隐患“五落实”率
-- name_en: major hazards with all five elements
-- definition: 分子为责任人、措施、资金、时限、预案五项齐全的，分母为期末未销号或期内排查的重大事故隐患。
-- unit: %
-- better: higher
-- over_time: window
-- compare: previous
-- source: hazard
-- decimals: 1
-- value: ratio
-- factor: 100

-- 五落实: who is responsible, measures, funds, a due day and a contingency plan. Of the major hazards that are open at
-- the end of the period or were found in it.
SELECT
    listed.source_id,
    listed.unit_code,
    listed.found_on AS on_date,
    (
        hazard.responsible IS NOT NULL
        AND hazard.measures IS NOT NULL
        AND hazard.funds_wan IS NOT NULL
        AND hazard.due_on IS NOT NULL
        AND hazard.contingency
    )::int AS numerator,
    1 AS denominator,
    period.kind AS period_kind,
    period.start_on,
    period.end_on
FROM period
INNER JOIN form.counted_hazard AS listed
    ON
        period.until_on > listed.found_on
        AND (
            listed.verified_on IS NULL
            OR period.until_on <= listed.verified_on
            OR period.start_on <= listed.found_on
        )
INNER JOIN form.hazard ON listed.source_id = hazard.source_id
WHERE listed.level = 'major'
