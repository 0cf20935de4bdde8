-- id: accidents
-- code: ACC01
-- name: 生产安全事故起数
-- name_en: accidents
-- definition: 发生日期在期内的生产安全事故，同一编号计1起；已核销的，无伤亡、无下落不明且损失不足100万元又未写明计入理由的不计（安监总厅统计〔2016〕80号第五条）。
-- unit: 起
-- better: lower
-- over_time: sum
-- compare: year_ago, previous, to_date
-- source: accident
-- decimals: 0
SELECT
    source_id,
    town_code AS unit_code,
    occurred_on AS on_date,
    1 AS numerator,
    NULL::bigint AS denominator
FROM form.counted_accident
