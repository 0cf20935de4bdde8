-- id: five_entries
-- code: PUB02
-- name: “五进”类别覆盖数
-- name_en: kinds of 五进 covered
-- definition: 活动日期在期内的宣传活动涉及的“五进”类别数，最多5类；各单位、各场次相同的类别只计1类。
-- unit: 类
-- better: higher
-- over_time: window
-- over_units: distinct
-- compare: to_date
-- source: publicity
-- decimals: 0

-- Kinds of 五进, at most five: one that two units or two activities share counts once.
SELECT
    activity.source_id,
    activity.unit_code,
    activity.held_on AS on_date,
    1 AS numerator,
    NULL::bigint AS denominator,
    entry.kind AS counted,
    period.kind AS period_kind,
    period.start_on,
    period.end_on
FROM period
INNER JOIN form.counted_publicity AS activity
    ON
        period.start_on <= activity.held_on
        AND period.end_on > activity.held_on
CROSS JOIN LATERAL unnest(activity.five_entry) AS entry (kind)
WHERE entry.kind <> 'none'
