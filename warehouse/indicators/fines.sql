-- id: fines
-- code: ENF07
-- name: 罚款金额
-- name_en: fines
-- definition: 决定日期在期内的罚款，同一决定书文号只计一次；按决定金额计，不论是否缴纳。
-- unit: 万元
-- better: none
-- over_time: sum
-- compare: year_ago, previous, to_date
-- source: penalty
-- decimals: 2
-- breakdown: sector

-- As decided, paid or not; reported in 元 and told in 万元.
SELECT
    source_id,
    unit_code,
    decided_on AS on_date,
    fine_yuan / 10000 AS numerator,
    NULL::bigint AS denominator,
    sector
FROM form.counted_penalty
WHERE fine_yuan > 0
