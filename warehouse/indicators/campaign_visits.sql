-- id: campaign_visits
-- code: CMP01
-- name: 专项行动检查家次
-- name_en: campaign visits
-- definition: 期内各月报表中标明专项行动的检查家次之和，同一单位检查两次计2家次。
-- unit: 家次
-- better: none
-- over_time: sum
-- compare: year_ago, to_date
-- source: inspection
-- decimals: 0
-- breakdown: campaign_code

-- The part of ENF01 that was made for a campaign.
SELECT
    source_id,
    unit_code,
    month AS on_date,
    visits AS numerator,
    NULL::bigint AS denominator,
    campaign_code
FROM form.inspection
WHERE
    campaign_code <> 'none'
    AND visits > 0
