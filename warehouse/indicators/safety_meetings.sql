-- id: safety_meetings
-- code: RSP03
-- name: 研究安全生产会议次数
-- name_en: meetings on work safety
-- definition: 期内各月报表所报研究安全生产会议次数之和。
-- unit: 次
-- better: none
-- over_time: sum
-- compare: year_ago, to_date
-- source: responsibility
-- decimals: 0
SELECT
    source_id,
    unit_code,
    month AS on_date,
    meetings AS numerator,
    NULL::bigint AS denominator
FROM form.responsibility
WHERE meetings > 0
