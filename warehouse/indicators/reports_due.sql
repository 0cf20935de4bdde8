-- id: reports_due
-- code: SUB01
-- name: 应报份数
-- name_en: reports due
-- definition: 期内各月按当时的报送义务应报的报表，每单位每表每月计1份。
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
