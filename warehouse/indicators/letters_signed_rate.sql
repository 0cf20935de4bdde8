-- id: letters_signed_rate
-- code: RSP01
-- name: 安全生产责任书签订率
-- name_en: letters of responsibility signed
-- definition: 取各单位本年度截至期末最近一次月报：分子为已签责任书份数，分母为应签责任书份数。
-- unit: %
-- better: higher
-- over_time: end
-- compare: previous
-- source: responsibility
-- decimals: 1
-- value: ratio
-- factor: 100

-- The figures run on from month to month: the last report of the year by the end of the period has them all.
SELECT DISTINCT ON (period.kind, period.start_on, period.end_on, report.unit_code)
    report.source_id,
    report.unit_code,
    report.month AS on_date,
    report.letters_signed AS numerator,
    report.letters_due AS denominator,
    period.kind AS period_kind,
    period.start_on,
    period.end_on
FROM period
INNER JOIN form.responsibility AS report
    ON
        period.until_on > report.month
        AND date_trunc('year', period.until_on - 1) <= report.month
ORDER BY
    period.kind ASC,
    period.start_on ASC,
    period.end_on ASC,
    report.unit_code ASC,
    report.month DESC,
    report.source_id DESC
