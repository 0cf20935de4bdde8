-- id: cases_opened
-- code: ENF05
-- name: 立案数
-- name_en: cases opened
-- definition: 期内各月报表所报立案起数之和。
-- unit: 起
-- better: none
-- over_time: sum
-- compare: year_ago, previous, to_date
-- source: inspection
-- decimals: 0
-- breakdown: sector
SELECT
    source_id,
    unit_code,
    month AS on_date,
    cases_opened AS numerator,
    NULL::bigint AS denominator,
    sector
FROM form.inspection
WHERE cases_opened > 0
