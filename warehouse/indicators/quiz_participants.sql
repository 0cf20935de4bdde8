-- id: quiz_participants
-- code: PUB05
-- name: 线上答题参与人次
-- name_en: participants of online quizzes
-- definition: 活动日期在期内、标签为答题竞赛的活动的线上参与人次之和；其他活动的线上参与不计。
-- unit: 人次
-- better: higher
-- over_time: sum
-- compare: year_ago, to_date
-- source: publicity
-- decimals: 0

-- Online participants of quizzes alone; those of other activities are in no indicator.
SELECT
    source_id,
    unit_code,
    held_on AS on_date,
    online_count AS numerator,
    NULL::bigint AS denominator
FROM form.counted_publicity
WHERE
    'quiz' = any(tag)
    AND online_count > 0
