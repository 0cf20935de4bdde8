-- id: red_risk_enterprises
-- code: RSK01
-- name: 红色风险企业数
-- name_en: red-risk enterprises
-- definition: 期末各单位清单上风险等级为红色的企业。
-- unit: 家
-- better: lower
-- over_time: end
-- compare: previous
-- source: risk
-- decimals: 0
-- breakdown: sector
SELECT
    risk.source_id,
    risk.unit_code,
    standing.month AS on_date,
    1 AS numerator,
    NULL::bigint AS denominator,
    risk.sector,
    period.kind AS period_kind,
    period.start_on,
    period.end_on
FROM period
INNER JOIN form.standing
    ON
        standing.table_id = 'risk'
        AND standing.month = (period.until_on - interval '1 month')::date
INNER JOIN form.risk ON standing.submission_id = risk.submission_id
WHERE risk.risk_colour = 'red'
