-- id: direct_loss
-- code: ACC05
-- name: 直接经济损失
-- name_en: direct loss
-- definition: 发生日期在期内、列入统计的事故的直接经济损失，以最后阶段的报告为准；尚未填报损失的不计。
-- unit: 万元
-- better: lower
-- over_time: sum
-- compare: year_ago, previous, to_date
-- source: accident
-- decimals: 2

-- As the report that wins has it; a loss that nobody has put a figure to yet counts as nothing.
SELECT
    source_id,
    town_code AS unit_code,
    occurred_on AS on_date,
    direct_loss_wan AS numerator,
    NULL::bigint AS denominator
FROM form.counted_accident
WHERE direct_loss_wan > 0
