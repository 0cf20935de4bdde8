-- id: pass_rate
-- code: TRN04
-- name: 培训考核合格率
-- name_en: pass rate of trainings
-- definition: 分子为考核合格人数，分母为实考人数，均按培训结束日期在期内的培训计；没有考核的不计。
-- unit: %
-- better: higher
-- over_time: sum
-- compare: year_ago
-- source: training
-- decimals: 1
-- value: ratio
-- factor: 100

-- Of those who were examined, and not of all who took part.
SELECT
    source_id,
    unit_code,
    ended_on AS on_date,
    passed AS numerator,
    examined AS denominator
FROM form.counted_training
WHERE examined > 0
