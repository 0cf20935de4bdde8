-- id: resource_survey_rate
-- code: SUP02
-- name: 应急资源普查完成率
-- name_en: units with a survey of resources
-- definition: 分子为截至期末12个月内填报过物资清单的单位数（只报无变化的不算），分母为期末应报队伍与物资储备表的单位数。
-- unit: %
-- better: higher
-- over_time: end
-- compare: previous
-- source: supply
-- decimals: 1
-- value: ratio
-- factor: 100

-- Of the units that owe F09 those whose list of supplies was written in the twelve months up to the end of the
-- period: 无变化 does not make an old list younger.
WITH due AS (
    SELECT DISTINCT
        obligation.unit_code,
        period.kind,
        period.start_on,
        period.end_on,
        period.until_on
    FROM period
    INNER JOIN core.known_obligation AS obligation
        ON
            obligation.form = 'team_supply'
            AND period.until_on > obligation.valid_from
            AND (obligation.valid_to IS NULL OR period.until_on <= obligation.valid_to)
    INNER JOIN core.known_unit AS unit
        ON
            obligation.unit_code = unit.code
            AND period.until_on > unit.valid_from
            AND (unit.valid_to IS NULL OR period.until_on <= unit.valid_to)
),

-- One row for each list, or every period would search all rows of all years.
listed AS (
    SELECT
        unit_code,
        month, -- noqa: RF04
        min(source_id) AS source_id
    FROM form.supply
    GROUP BY
        unit_code,
        month
)

SELECT DISTINCT ON (due.unit_code, due.kind, due.start_on, due.end_on)
    listed.source_id,
    due.unit_code,
    due.until_on - 1 AS on_date,
    (listed.source_id IS NOT NULL)::int AS numerator,
    1 AS denominator,
    due.kind AS period_kind,
    due.start_on,
    due.end_on
FROM due
LEFT JOIN listed
    ON
        due.unit_code = listed.unit_code
        AND due.until_on > listed.month
        AND (due.until_on - interval '12 months') <= listed.month
ORDER BY
    due.unit_code ASC,
    due.kind ASC,
    due.start_on ASC,
    due.end_on ASC,
    listed.month DESC
