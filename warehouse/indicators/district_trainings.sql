-- id: district_trainings
-- code: TRN01
-- name: 安全知识培训次数（区级举办）
-- name_en: safety trainings held by the bureau
-- definition: 培训结束日期在期内、类别为安全知识培训、举办层级为区级的培训；其他类别和乡镇街道、村社区、企业举办的不计。
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
