-- id: missing_reports
-- code: SUB07
-- name: 年内漏报次数
-- name_en: reports missing this year
-- unit: 次
-- better: lower
-- over_time: sum
-- compare: to_date
-- source: submission
-- decimals: 0
-- breakdown: form

-- Owed and not accepted, not even as 零报告. More than six in a year cost a unit its awards (大安办〔2020〕27号 of 大通区).
SELECT
    source_id,
    unit_code,
    month AS on_date,
    1 AS numerator,
    NULL::bigint AS denominator,
    form
FROM form.known_owed
WHERE submission_id IS NULL
