-- id: campaign_hazards
-- code: CMP02
-- name: 专项行动排查隐患数
-- name_en: campaign hazards
-- definition: 排查日期在期内、标明专项行动的隐患，同一隐患编号计1处。
-- unit: 处
-- better: none
-- over_time: sum
-- compare: year_ago, to_date
-- source: hazard
-- decimals: 0
-- breakdown: campaign_code

-- The part of HAZ01 that was found in a campaign.
SELECT
    source_id,
    unit_code,
    found_on AS on_date,
    1 AS numerator,
    NULL::bigint AS denominator,
    campaign_code
FROM form.counted_hazard
WHERE campaign_code <> 'none'
