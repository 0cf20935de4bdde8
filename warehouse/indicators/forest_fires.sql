-- id: forest_fires
-- code: FOR01
-- name: 森林火灾起数
-- name_en: forest fires
-- definition: 期内各月报表所报森林火灾起数之和，森林火情不计。
-- unit: 起
-- better: lower
-- over_time: sum
-- compare: year_ago, to_date
-- source: duty
-- decimals: 0
SELECT
    source_id,
    unit_code,
    month AS on_date,
    forest_fires AS numerator,
    NULL::bigint AS denominator
FROM form.duty
WHERE forest_fires > 0
