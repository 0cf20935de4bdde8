-- id: gas_leaks
-- code: INC01
-- name: 燃气泄漏事件起数
-- name_en: gas leak incidents
-- definition: 发生日期在期内、类型为燃气泄漏的事件，同一事件编号计1起；其后升级为事故的不剔除。
-- unit: 起
-- better: lower
-- over_time: sum
-- compare: year_ago, previous, to_date
-- source: incident
-- decimals: 0
SELECT
    source_id,
    town_code AS unit_code,
    occurred_on AS on_date,
    1 AS numerator,
    NULL::bigint AS denominator
FROM form.counted_incident
WHERE incident_type = 'gas_leak'
