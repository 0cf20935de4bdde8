-- id: hazards_found
-- code: HAZ01
-- name: 排查隐患数
-- name_en: hazards found
-- definition: 排查日期在期内的隐患，同一隐患编号计1处；往期排查、结转到本期台账的不计。
-- unit: 处
-- better: none
-- over_time: sum
-- compare: year_ago, previous, to_date
-- source: hazard
-- decimals: 0
-- breakdown: level, sector
SELECT
    source_id,
    unit_code,
    found_on AS on_date,
    1 AS numerator,
    NULL::bigint AS denominator,
    level,
    sector
FROM form.counted_hazard
