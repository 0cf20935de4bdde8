-- id: statutory_drill_rate
-- code: DRL03
-- name: 法定演练达标率
-- name_en: statutory drill rate of units
-- definition: 分子为截至期末24个月内报有演练的单位数，分母为期末应报预案与演练表的乡镇街道和部门数；企业不计。
-- unit: %
-- better: higher
-- over_time: end
-- compare: previous
-- source: drill
-- decimals: 1
-- value: ratio
-- factor: 100

-- Of the townships, streets and departments that owe F08 those with a drill in the 24 months up to the end of the
-- period. Enterprises, which have six months, cannot be told: a drill names its organiser in free text.
WITH obliged AS (
    SELECT DISTINCT
        obligation.unit_code,
        period.kind,
        period.start_on,
        period.end_on,
        period.until_on
    FROM period
    INNER JOIN core.known_obligation AS obligation
        ON
            obligation.form = 'plan_drill'
            AND period.until_on > obligation.valid_from
            AND (obligation.valid_to IS NULL OR period.until_on <= obligation.valid_to)
    INNER JOIN core.known_unit AS unit
        ON
            obligation.unit_code = unit.code
            AND period.until_on > unit.valid_from
            AND (unit.valid_to IS NULL OR period.until_on <= unit.valid_to)
)

SELECT
    latest.source_id,
    obliged.unit_code,
    coalesce(latest.held_on, obliged.until_on - 1) AS on_date,
    (latest.source_id IS NOT NULL)::int AS numerator,
    1 AS denominator,
    obliged.kind AS period_kind,
    obliged.start_on,
    obliged.end_on
FROM obliged
LEFT JOIN LATERAL (
    SELECT
        drill.source_id,
        drill.held_on
    FROM form.counted_drill AS drill
    WHERE
        drill.unit_code = obliged.unit_code
        AND drill.held_on < obliged.until_on
        AND drill.held_on >= obliged.until_on - interval '24 months'
    ORDER BY
        drill.held_on DESC,
        drill.source_id DESC
    LIMIT 1
) AS latest ON TRUE
