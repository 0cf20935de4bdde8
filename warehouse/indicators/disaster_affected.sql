-- id: disaster_affected
-- code: DIS01
-- name: 自然灾害受灾人口
-- name_en: people affected by disasters
-- definition: 灾害开始日期在期内的受灾人口，每一灾害过程每一乡镇街道取最后阶段的报告；一人两次受灾计2人次。
-- unit: 人次
-- better: lower
-- over_time: sum
-- compare: year_ago, to_date
-- source: disaster
-- decimals: 0
-- breakdown: disaster_type

-- 人次: who is hit by two disasters counts twice.
SELECT
    source_id,
    town_code AS unit_code,
    started_on AS on_date,
    affected AS numerator,
    NULL::bigint AS denominator,
    disaster_type
FROM form.counted_disaster
WHERE affected > 0
