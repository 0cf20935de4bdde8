-- id: three_posts_trainings
-- code: TRN05
-- name: 三项岗位人员培训人次
-- name_en: trainings of the three posts
-- definition: 培训结束日期在期内、类别为三项岗位培训的参训人次之和，不是培训场次。
-- unit: 人次
-- better: higher
-- over_time: sum
-- compare: year_ago, to_date
-- source: training
-- decimals: 0

-- 三项岗位: those in charge, managers of safety and special operators; persons, not trainings.
SELECT
    source_id,
    unit_code,
    ended_on AS on_date,
    participants AS numerator,
    NULL::bigint AS denominator
FROM form.counted_training
WHERE
    category = 'three_posts'
    AND participants > 0
