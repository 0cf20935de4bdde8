-- id: duty_filled_rate
-- code: FLD01
-- name: 应急值守到岗率
-- name_en: duty filled
-- definition: 分子为期内各月实到班次之和，分母为期内各月应值班班次之和。
-- unit: %
-- better: higher
-- over_time: sum
-- compare: previous, to_date
-- source: duty
-- decimals: 1
-- value: ratio
-- factor: 100

-- Shifts filled of shifts due; both are added up before they are divided.
SELECT
    source_id,
    unit_code,
    month AS on_date,
    duty_filled AS numerator,
    duty_due AS denominator
FROM form.duty
WHERE duty_due > 0
