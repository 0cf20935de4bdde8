-- id: units_assessed
-- code: RSP04
-- name: 目标考核单位数
-- name_en: units assessed
-- definition: 期内各月报表所报督查考核单位家数之和。
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
