-- id: disaster_dead_missing
-- code: DIS02
-- name: 因灾死亡失踪人口
-- name_en: dead and missing in disasters
-- definition: 灾害开始日期在期内的因灾死亡与失踪人口之和，每一灾害过程每一乡镇街道取最后阶段的报告（应急〔2020〕19号）。
-- unit: 人
-- better: lower
-- over_time: sum
-- compare: year_ago, to_date
-- source: disaster
-- decimals: 0

-- Dead and missing together, as 自然灾害情况统计调查制度 (应急〔2020〕19号) tells them.
SELECT
    source_id,
    town_code AS unit_code,
    started_on AS on_date,
    deaths + missing_persons AS numerator,
    NULL::bigint AS denominator
FROM form.counted_disaster
WHERE deaths + missing_persons > 0
