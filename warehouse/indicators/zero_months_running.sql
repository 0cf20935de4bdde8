-- id: zero_months_running
-- code: SUB06
-- name: 连续零报告月数
-- name_en: zero reports in a row
-- definition: 至期末最后一月连续零报告的月数，有数据、无变化或未报即中断；取各单位各报表的最大值。
-- unit: 月
-- better: none
-- over_time: end
-- over_units: max
-- source: submission
-- decimals: 0

-- The run of zero reports that goes on at the end of the period, the longest of any unit and form; a month that was
-- not reported ends it.
WITH turn AS (
    SELECT
        owed.*,
        count(*) FILTER (WHERE owed.situation IS DISTINCT FROM 'zero') OVER (
            PARTITION BY owed.unit_code, owed.form
            ORDER BY owed.month
        ) AS run
    FROM form.known_owed AS owed
),

running AS (
    SELECT
        turn.*,
        count(*) FILTER (WHERE turn.situation = 'zero') OVER (
            PARTITION BY turn.unit_code, turn.form, turn.run
            ORDER BY turn.month
        ) AS months
    FROM turn
)

SELECT
    running.source_id,
    running.unit_code,
    running.month AS on_date,
    running.months AS numerator,
    NULL::bigint AS denominator,
    running.form,
    period.kind AS period_kind,
    period.start_on,
    period.end_on
FROM period
INNER JOIN running ON running.month = (period.until_on - interval '1 month')::date
WHERE running.situation = 'zero'
