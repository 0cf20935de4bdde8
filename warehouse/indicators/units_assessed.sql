-- id: units_assessed
-- code: RSP04
-- name: 目标考核单位数
-- name_en: units assessed
-- unit: 家
-- better: none
-- over_time: sum
-- compare: year_ago
-- source: responsibility
-- decimals: 0
SELECT
    source_id,
    unit_code,
    month AS on_date,
    assessed AS numerator,
    NULL::bigint AS denominator
FROM form.responsibility
WHERE assessed > 0
