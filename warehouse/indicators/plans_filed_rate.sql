-- id: plans_filed_rate
-- code: PLN02
-- name: 预案有效备案率
-- name_en: share of plans validly filed
-- definition: 分子为期末及以前已备案且期末当日仍在有效期内的预案数，分母为期末各单位名册上的预案总数。
-- unit: %
-- better: higher
-- over_time: end
-- compare: previous
-- source: plan
-- decimals: 1
-- value: ratio
-- factor: 100

-- Of all plans that stand at the end of the period those filed by then and valid on the last day (有效期至 is inclusive).
SELECT
    plan.source_id,
    plan.unit_code,
    standing.month AS on_date,
    (plan.filed_on < period.until_on AND plan.valid_until >= period.until_on - 1)::int AS numerator,
    1 AS denominator,
    period.kind AS period_kind,
    period.start_on,
    period.end_on
FROM period
INNER JOIN form.standing
    ON
        standing.table_id = 'plan'
        AND standing.month = (period.until_on - interval '1 month')::date
INNER JOIN form.plan ON standing.submission_id = plan.submission_id
