-- id: participants
-- code: TRN03
-- name: 参训人次
-- name_en: participants of trainings
-- definition: 培训结束日期在期内的参训人次之和，同一单位同一培训编号只计一次。
-- unit: 人次
-- better: higher
-- over_time: sum
-- compare: year_ago, previous, to_date
-- source: training
-- decimals: 0
-- breakdown: category
SELECT
    source_id,
    unit_code,
    ended_on AS on_date,
    participants AS numerator,
    NULL::bigint AS denominator,
    category
FROM form.counted_training
WHERE participants > 0
