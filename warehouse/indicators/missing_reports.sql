-- id: missing_reports
-- code: SUB07
-- name: 年内漏报次数
-- name_en: reports missing this year
-- definition: 期内各月应报而没有接收的报表；零报告不算漏报，退回后未补报的算漏报。大通区规定一年超过6次取消评优（大安办〔2020〕27号）。
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
