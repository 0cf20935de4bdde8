-- id: supervised_hazards
-- code: HAZ10
-- name: 挂牌督办重大隐患数
-- name_en: major hazards under supervision
-- definition: 期末未整改隐患中，等级为重大且已挂牌督办的，不论区级、市级、省级。
-- unit: 处
-- better: lower
-- over_time: end
-- compare: previous
-- source: hazard
-- decimals: 0

-- The part of HAZ03 that is major and that somebody supervises (挂牌督办), at whatever level.
SELECT
    hazard.source_id,
    hazard.unit_code,
    hazard.found_on AS on_date,
    1 AS numerator,
    NULL::bigint AS denominator,
    period.kind AS period_kind,
    period.start_on,
    period.end_on
FROM period
INNER JOIN form.counted_hazard AS hazard
    ON
        period.until_on > hazard.found_on
        AND (hazard.verified_on IS NULL OR period.until_on <= hazard.verified_on)
WHERE
    hazard.level = 'major'
    AND hazard.supervision_level <> 'none'
