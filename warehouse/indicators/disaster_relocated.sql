-- id: disaster_relocated
-- code: DIS03
-- name: 紧急转移安置人口
-- name_en: people relocated
-- definition: 灾害开始日期在期内的紧急转移安置人口，每一灾害过程每一乡镇街道取最后阶段的报告；一人两次转移计2人次。
-- unit: 人次
-- better: none
-- over_time: sum
-- compare: year_ago, to_date
-- source: disaster
-- decimals: 0

-- 人次: who is moved in two disasters counts twice.
SELECT
    source_id,
    town_code AS unit_code,
    started_on AS on_date,
    relocated AS numerator,
    NULL::bigint AS denominator
FROM form.counted_disaster
WHERE relocated > 0
