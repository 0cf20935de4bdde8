-- id: rectified_in_time_rate
-- code: HAZ05
-- name: 按期整改率
-- name_en: share of hazards rectified in time
-- definition: 分子为整改时限当日及以前验收销号的，分母为整改时限在期内的隐患，不论何时排查。
-- unit: %
-- better: higher
-- over_time: sum
-- compare: year_ago, previous, to_date
-- source: hazard
-- decimals: 1
-- value: ratio
-- factor: 100

-- A cohort: of the hazards that were due in the period those that were verified by the day on which they were due.
SELECT
    source_id,
    unit_code,
    due_on AS on_date,
    coalesce(verified_on <= due_on, FALSE)::int AS numerator,
    1 AS denominator
FROM form.counted_hazard
