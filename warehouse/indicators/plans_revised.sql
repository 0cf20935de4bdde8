-- id: plans_revised
-- code: PLN01
-- name: 修订应急预案数
-- name_en: plans revised
-- definition: 修订日期在期内的应急预案，同一单位同一预案同一修订日期计1个，各月名册重复列出的不重计。
-- unit: 个
-- better: higher
-- over_time: sum
-- compare: year_ago, to_date
-- source: plan
-- decimals: 0

-- A plan stands in the list of every month: its revision of a day counts once, by the first list that has it.
SELECT DISTINCT ON (unit_code, plan_no, revised_on)
    source_id,
    unit_code,
    revised_on AS on_date,
    1 AS numerator,
    NULL::bigint AS denominator
FROM form.plan
WHERE revised_on IS NOT NULL
ORDER BY
    unit_code ASC,
    plan_no ASC,
    revised_on ASC,
    month ASC,
    source_id ASC
