-- id: expert_visits
-- code: ENF13
-- name: 专家检查家次
-- name_en: expert visits
-- definition: 期内各月报表中检查方式为专家体检的检查家次之和，已包含在检查生产经营单位家次中。
-- unit: 家次
-- better: higher
-- over_time: sum
-- compare: year_ago, to_date
-- source: inspection
-- decimals: 0

-- 专家体检 is one way of inspecting: these visits are a part of ENF01.
SELECT
    source_id,
    unit_code,
    month AS on_date,
    visits AS numerator,
    NULL::bigint AS denominator
FROM form.inspection
WHERE
    check_type = 'expert'
    AND visits > 0
