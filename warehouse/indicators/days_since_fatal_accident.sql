-- id: days_since_fatal_accident
-- code: ACC08
-- name: 连续无亡人事故天数
-- name_en: days since last fatal accident
-- definition: 各乡镇街道自最近一起亡人事故发生日期至期末的天数，没有的自有报表的首月起算；全区取各乡镇街道的最小值。
-- unit: 天
-- better: higher
-- over_time: end
-- over_units: min
-- source: accident
-- decimals: 0

-- From the last fatal accident in a township to the end of the period; where none is known, the days since the first
-- month of which anything is known. The district has the least of its townships.
WITH town AS (
    SELECT
        unit.code,
        period.kind,
        period.start_on,
        period.end_on,
        period.until_on
    FROM period
    INNER JOIN core.known_unit AS unit
        ON
            unit.level = 'township'
            AND period.until_on > unit.valid_from
            AND (unit.valid_to IS NULL OR period.until_on <= unit.valid_to)
),

known AS (SELECT min(known_month.month) AS since FROM form.known_month)

SELECT
    fatal.source_id,
    town.code AS unit_code,
    coalesce(fatal.occurred_on, town.until_on - 1) AS on_date,
    town.until_on - 1 - coalesce(fatal.occurred_on, known.since - 1) AS numerator,
    NULL::bigint AS denominator,
    town.kind AS period_kind,
    town.start_on,
    town.end_on
FROM town
CROSS JOIN known
LEFT JOIN LATERAL (
    SELECT
        accident.source_id,
        accident.occurred_on
    FROM form.counted_accident AS accident
    WHERE
        accident.town_code = town.code
        AND accident.deaths > 0
        AND accident.occurred_on < town.until_on
    ORDER BY
        accident.occurred_on DESC,
        accident.source_id DESC
    LIMIT 1
) AS fatal ON TRUE
