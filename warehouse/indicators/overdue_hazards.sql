-- id: overdue_hazards
-- code: HAZ06
-- name: 超期未整改数
-- name_en: hazards overdue
-- definition: 期末未整改隐患中，整改时限在期末当日及以前的。
-- unit: 处
-- better: lower
-- over_time: end
-- compare: previous
-- source: hazard
-- decimals: 0

-- The part of HAZ03 whose due day is over at the end of the period.
SELECT
    hazard.source_id,
    hazard.unit_code,
    hazard.due_on AS on_date,
    1 AS numerator,
    NULL::bigint AS denominator,
    period.kind AS period_kind,
    period.start_on,
    period.end_on
FROM period
INNER JOIN form.counted_hazard AS hazard
    ON
        period.until_on > hazard.found_on
        AND period.until_on > hazard.due_on
        AND (hazard.verified_on IS NULL OR period.until_on <= hazard.verified_on)
