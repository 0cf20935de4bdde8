-- id: penalties_per_visits
-- code: ENF12
-- name: 处罚率
-- name_en: penalties per 100 visits
-- definition: 分子为决定日期在期内的行政处罚次数，分母为期内各月检查家次。
-- unit: 次/百家次
-- better: none
-- over_time: sum
-- compare: year_ago
-- source: inspection, penalty
-- decimals: 2
-- value: ratio
-- factor: 100

-- ENF06 for every 100 of ENF01; both are added up before they are divided, so that no rates are averaged.
SELECT
    source_id,
    unit_code,
    decided_on AS on_date,
    1 AS numerator,
    NULL::bigint AS denominator
FROM form.counted_penalty
UNION ALL
SELECT
    source_id,
    unit_code,
    month AS on_date,
    0 AS numerator,
    visits AS denominator
FROM form.inspection
WHERE visits > 0
