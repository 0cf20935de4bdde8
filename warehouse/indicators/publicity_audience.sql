-- id: publicity_audience
-- code: PUB03
-- name: 受众人次
-- name_en: audience of publicity
-- definition: 活动日期在期内的受众人次之和，同一单位同一活动编号只计一次；线上参与人次不计。
-- unit: 人次
-- better: higher
-- over_time: sum
-- compare: year_ago, to_date
-- source: publicity
-- decimals: 0
SELECT
    source_id,
    unit_code,
    held_on AS on_date,
    audience_count AS numerator,
    NULL::bigint AS denominator
FROM form.counted_publicity
WHERE audience_count > 0
