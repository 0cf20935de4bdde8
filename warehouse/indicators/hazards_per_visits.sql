-- id: hazards_per_visits
-- code: HAZ12
-- name: 百家次隐患检出数
-- name_en: hazards per 100 visits
-- definition: 分子为期内各月监督检查月报表所报一般和重大隐患之和，分母为同期检查家次；隐患台账中其他来源的隐患不计。
-- unit: 处/百家次
-- better: none
-- over_time: sum
-- compare: year_ago, previous
-- source: inspection
-- decimals: 2
-- value: ratio
-- factor: 100

-- Hazards and visits of the same inspections, by the monthly figures of F03; the ledger F05 has others too.
SELECT
    source_id,
    unit_code,
    month AS on_date,
    hazards_general + hazards_major AS numerator,
    visits AS denominator
FROM form.inspection
WHERE
    visits > 0
    OR hazards_general + hazards_major > 0
