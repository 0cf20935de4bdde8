-- id: municipal_gas_leaks
-- code: INC02
-- name: 市政工程施工致燃气泄漏事件起数
-- name_en: gas leak incidents caused by municipal works
-- definition: 发生日期在期内、类型为燃气泄漏且原因为市政工程施工的事件，同一事件编号计1起；已包含在燃气泄漏事件起数中。
-- unit: 起
-- better: lower
-- over_time: sum
-- compare: year_ago, previous, to_date
-- source: incident
-- decimals: 0

-- The part of INC01 that municipal works caused, as the half-year summary of the bureau counts it.
SELECT
    source_id,
    town_code AS unit_code,
    occurred_on AS on_date,
    1 AS numerator,
    NULL::bigint AS denominator
FROM form.counted_incident
WHERE
    incident_type = 'gas_leak'
    AND cause_code = 'municipal_works'
