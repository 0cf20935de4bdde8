-- id: suspended
-- code: ENF09
-- name: 责令停产停业整顿家数
-- name_en: suspended
-- definition: 期内各月报表所报责令停产停业整顿家数之和。
-- unit: 家
-- better: none
-- over_time: sum
-- compare: year_ago, to_date
-- source: inspection
-- decimals: 0
SELECT
    source_id,
    unit_code,
    month AS on_date,
    suspended AS numerator,
    NULL::bigint AS denominator
FROM form.inspection
WHERE suspended > 0
