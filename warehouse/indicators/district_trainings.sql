-- id: district_trainings
-- code: TRN01
-- name: 安全知识培训次数（区级举办）
-- name_en: safety trainings held by the bureau
-- unit: 次
-- better: higher
-- over_time: sum
-- compare: year_ago, to_date
-- source: training
-- decimals: 0

-- Of one category and held at district level, as the half-year summary of the bureau counts them.
SELECT
    source_id,
    unit_code,
    ended_on AS on_date,
    1 AS numerator,
    NULL::bigint AS denominator
FROM form.counted_training
WHERE
    category = 'safety_knowledge'
    AND organizer_level = 'district'
