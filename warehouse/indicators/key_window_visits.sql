-- id: key_window_visits
-- code: RSP02
-- name: 重点时段检查家次
-- name_en: visits in key windows
-- definition: 期内各月报表中填明重点时段的检查家次之和，已包含在检查生产经营单位家次中。
-- unit: 家次
-- better: higher
-- over_time: sum
-- compare: year_ago
-- source: inspection
-- decimals: 0
-- breakdown: key_window

-- The part of ENF01 that was made in a key window (两会, 汛期, holidays), as the sender marked it.
SELECT
    source_id,
    unit_code,
    month AS on_date,
    visits AS numerator,
    NULL::bigint AS denominator,
    key_window
FROM form.inspection
WHERE
    key_window <> 'none'
    AND visits > 0
