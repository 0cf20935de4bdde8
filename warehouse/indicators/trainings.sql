-- id: trainings
-- code: TRN02
-- name: 各级安全培训场次
-- name_en: trainings, all levels
-- unit: 场次
-- better: higher
-- over_time: sum
-- compare: year_ago, previous, to_date
-- source: training
-- decimals: 0
SELECT
    source_id,
    unit_code,
    ended_on AS on_date,
    1 AS numerator,
    NULL::bigint AS denominator
FROM form.counted_training
