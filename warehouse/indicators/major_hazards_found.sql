-- id: major_hazards_found
-- code: HAZ07
-- name: 重大事故隐患数
-- name_en: major hazards found
-- definition: 排查日期在期内、等级为重大的隐患，同一隐患编号计1处。
-- unit: 处
-- better: none
-- over_time: sum
-- compare: year_ago, previous, to_date
-- source: hazard
-- decimals: 0
-- breakdown: sector
SELECT
    source_id,
    unit_code,
    found_on AS on_date,
    1 AS numerator,
    NULL::bigint AS denominator,
    sector
FROM form.counted_hazard
WHERE level = 'major'
