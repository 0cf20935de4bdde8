-- id: trainings
-- code: TRN02
-- name: 各级安全培训场次
-- name_en: trainings, all levels
-- definition: 培训结束日期在期内的培训，各层级、各类别都计，同一单位同一培训编号计1场次。
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
