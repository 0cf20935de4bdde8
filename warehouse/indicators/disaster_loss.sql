-- id: disaster_loss
-- code: DIS04
-- name: 因灾直接经济损失
-- name_en: direct loss by disasters
-- definition: 灾害开始日期在期内的直接经济损失，每一灾害过程每一乡镇街道取最后阶段的报告。
-- unit: 万元
-- better: lower
-- over_time: sum
-- compare: year_ago, to_date
-- source: disaster
-- decimals: 2
-- breakdown: disaster_type
SELECT
    source_id,
    town_code AS unit_code,
    started_on AS on_date,
    loss_wan AS numerator,
    NULL::bigint AS denominator,
    disaster_type
FROM form.counted_disaster
WHERE loss_wan > 0
