-- id: penalties
-- code: ENF06
-- name: 行政处罚次数
-- name_en: penalties
-- definition: 决定日期在期内的行政处罚，同一决定书文号计1次。
-- unit: 次
-- better: none
-- over_time: sum
-- compare: year_ago, previous, to_date
-- source: penalty
-- decimals: 0
-- breakdown: sector
SELECT
    source_id,
    unit_code,
    decided_on AS on_date,
    1 AS numerator,
    NULL::bigint AS denominator,
    sector
FROM form.counted_penalty
