-- id: inspection_visits
-- code: ENF01
-- name: 检查生产经营单位家次
-- name_en: inspection visits
-- definition: 期内各月报表所报检查家次之和；同一单位检查两次计2家次，不是检查的单位数。
-- unit: 家次
-- better: higher
-- over_time: sum
-- compare: year_ago, previous, to_date
-- source: inspection
-- decimals: 0
-- breakdown: sector, check_type, campaign_code, key_window

-- 家次: every visit counts, two to one enterprise twice; how many enterprises were visited cannot be told from F03.
SELECT
    source_id,
    unit_code,
    month AS on_date,
    visits AS numerator,
    NULL::bigint AS denominator,
    sector,
    check_type,
    campaign_code,
    key_window
FROM form.inspection
WHERE visits > 0
