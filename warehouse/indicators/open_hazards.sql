-- id: open_hazards
-- code: HAZ03
-- name: 期末未整改隐患数
-- name_en: open hazards
-- definition: 排查日期在期末及以前、期末尚未验收销号的隐患；期末以后才销号的仍计。
-- unit: 处
-- better: lower
-- over_time: end
-- compare: previous
-- source: hazard
-- decimals: 0
-- breakdown: level, sector

-- Found by the end of the period and not verified by then: what was mended later was open all the same.
SELECT
    hazard.source_id,
    hazard.unit_code,
    hazard.found_on AS on_date,
    1 AS numerator,
    NULL::bigint AS denominator,
    hazard.level,
    hazard.sector,
    period.kind AS period_kind,
    period.start_on,
    period.end_on
FROM period
INNER JOIN form.counted_hazard AS hazard
    ON
        period.until_on > hazard.found_on
        AND (hazard.verified_on IS NULL OR period.until_on <= hazard.verified_on)
