-- id: hazards_rectified
-- code: HAZ02
-- name: 整改隐患数
-- name_en: hazards rectified
-- definition: 验收日期在期内的隐患，不论何时排查；整改完成但未验收的不计。
-- unit: 处
-- better: higher
-- over_time: sum
-- compare: year_ago, previous, to_date
-- source: hazard
-- decimals: 0
-- breakdown: level, sector

-- Verified in the period, whenever it was found; so this is not the numerator of HAZ04.
SELECT
    source_id,
    unit_code,
    verified_on AS on_date,
    1 AS numerator,
    NULL::bigint AS denominator,
    level,
    sector
FROM form.counted_hazard
WHERE verified_on IS NOT NULL
