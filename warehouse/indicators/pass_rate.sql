-- id: pass_rate
-- code: TRN04
-- name: 培训考核合格率
-- name_en: pass rate of trainings
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
