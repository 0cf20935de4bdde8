-- id: campaign_measures_rate
-- code: CMP04
-- name: 制度措施清单完成率
-- name_en: measures of campaigns done
-- definition: 取各单位各子方案截至期末最近一次清单条数大于0的月报：分子为已完成制度措施条数，分母为清单条数。
-- unit: %
-- better: higher
-- over_time: end
-- compare: previous
-- source: campaign
-- decimals: 1
-- value: ratio
-- factor: 100
-- breakdown: campaign_code

-- The figures run on from month to month: the last report by the end of the period has them all.
SELECT DISTINCT ON (
    period.kind, period.start_on, period.end_on, report.unit_code, report.campaign_code, report.subplan_code
)
    report.source_id,
    report.unit_code,
    report.month AS on_date,
    report.measures_done AS numerator,
    report.measures_total AS denominator,
    report.campaign_code,
    period.kind AS period_kind,
    period.start_on,
    period.end_on
FROM period
INNER JOIN form.campaign AS report ON period.until_on > report.month
WHERE report.measures_total > 0
ORDER BY
    period.kind ASC,
    period.start_on ASC,
    period.end_on ASC,
    report.unit_code ASC,
    report.campaign_code ASC,
    report.subplan_code ASC,
    report.month DESC,
    report.source_id DESC
