-- id: accident_fines
-- code: ENF08
-- name: 其中：事故处罚金额
-- name_en: of which accident fines
-- definition: 决定日期在期内、属于事故处罚的罚款，同一决定书文号只计一次；按决定金额计，不论是否缴纳。
-- unit: 万元
-- better: none
-- over_time: sum
-- compare: year_ago, to_date
-- source: penalty
-- decimals: 2

-- The part of ENF07 that was imposed after an accident.
SELECT
    source_id,
    unit_code,
    decided_on AS on_date,
    fine_yuan / 10000 AS numerator,
    NULL::bigint AS denominator
FROM form.counted_penalty
WHERE
    is_accident_penalty
    AND fine_yuan > 0
