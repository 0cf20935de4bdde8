-- id: documents_served
-- code: ENF04
-- name: 下达执法文书份数
-- name_en: documents served
-- definition: 期内各月报表所报下达执法文书份数之和。
-- unit: 份
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
    documents AS numerator,
    NULL::bigint AS denominator,
    sector
FROM form.inspection
WHERE documents > 0
