-- id: tips_accepted
-- code: TIP01
-- name: 受理举报数
-- name_en: tips accepted
-- definition: 受理日期在期内、已受理的举报，同一举报编号计1件；未予受理的不计。
-- unit: 件
-- better: none
-- over_time: sum
-- compare: year_ago, previous, to_date
-- source: tip
-- decimals: 0
-- breakdown: category

-- By the day on which it came; one that was not accepted is none.
SELECT
    source_id,
    unit_code,
    received_on AS on_date,
    1 AS numerator,
    NULL::bigint AS denominator,
    category
FROM form.counted_tip
WHERE accepted
