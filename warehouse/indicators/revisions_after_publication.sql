-- id: revisions_after_publication
-- code: SUB08
-- name: 已发布数据修订次数
-- name_en: revisions of published figures
-- definition: 数据发布后又被新报表替代的报表份数，按数据所属月份计，不按更正日期计。
-- unit: 次
-- better: lower
-- over_time: sum
-- compare: to_date
-- source: submission
-- decimals: 0

-- Reports that took the place of one whose figures had been published, in the month whose figures they changed.
SELECT
    (submission_id << 21) AS source_id,
    unit_code,
    month AS on_date,
    1 AS numerator,
    NULL::bigint AS denominator,
    form
FROM core.known_revision
