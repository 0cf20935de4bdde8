-- id: dual_prevention_rate
-- code: RSK02
-- name: 双重预防机制建成率
-- name_en: enterprises with dual prevention
-- definition: 分子为双重预防机制已建的企业数（在建的不计），分母为期末各单位清单上的企业总数。
-- unit: %
-- better: higher
-- over_time: end
-- compare: year_ago
-- source: risk
-- decimals: 1
-- value: ratio
-- factor: 100
SELECT
    risk.source_id,
    risk.unit_code,
    standing.month AS on_date,
    (risk.dual_prevention = 'built')::int AS numerator,
    1 AS denominator,
    period.kind AS period_kind,
    period.start_on,
    period.end_on
FROM period
INNER JOIN form.standing
    ON
        standing.table_id = 'risk'
        AND standing.month = (period.until_on - interval '1 month')::date
INNER JOIN form.risk ON standing.submission_id = risk.submission_id
