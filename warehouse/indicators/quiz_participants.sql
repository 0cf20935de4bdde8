-- id: quiz_participants
-- code: PUB05
-- name: 线上答题参与人次
-- name_en: participants of online quizzes
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
