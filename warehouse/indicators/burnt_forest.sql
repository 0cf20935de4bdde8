-- id: burnt_forest
-- code: FOR02
-- name: 森林受害面积
-- name_en: burnt forest
-- definition: 期内各月报表所报受害森林面积之和。
-- unit: 公顷
-- better: lower
-- over_time: sum
-- compare: year_ago, to_date
-- source: duty
-- decimals: 2
SELECT
    source_id,
    unit_code,
    month AS on_date,
    burnt_ha AS numerator,
    NULL::bigint AS denominator
FROM form.duty
WHERE burnt_ha > 0
