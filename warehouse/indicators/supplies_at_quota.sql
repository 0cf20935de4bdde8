-- id: supplies_at_quota
-- code: SUP01
-- name: 应急物资达标率
-- name_en: stock at quota
-- definition: 分子为库存不低于定额且期末当日未过有效期的品目数，分母为期末各单位清单上定有定额的品目数。
-- unit: %
-- better: higher
-- over_time: end
-- compare: previous
-- source: supply
-- decimals: 1
-- value: ratio
-- factor: 100

-- Of the items that have a quota those stocked up to it and not expired on the last day (有效期至 is inclusive).
SELECT
    supply.source_id,
    supply.unit_code,
    standing.month AS on_date,
    (supply.stock >= supply.quota AND (supply.expires_on IS NULL OR supply.expires_on >= period.until_on - 1))::int
        AS numerator,
    1 AS denominator,
    period.kind AS period_kind,
    period.start_on,
    period.end_on
FROM period
INNER JOIN form.standing
    ON
        standing.table_id = 'supply'
        AND standing.month = (period.until_on - interval '1 month')::date
INNER JOIN form.supply ON standing.submission_id = supply.submission_id
WHERE supply.quota IS NOT NULL
