-- id: reports_due
-- code: SUB01
-- name: 应报份数
-- name_en: reports due
-- unit: 份
-- better: none
-- over_time: sum
-- source: submission
-- decimals: 0

-- A report for every unit, form and month that the obligations of the time name.
SELECT
    source_id,
    unit_code,
    month AS on_date,
    1 AS numerator,
    NULL::bigint AS denominator,
    form
FROM form.known_owed
