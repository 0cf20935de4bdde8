-- id: drill_participants
-- code: DRL02
-- name: 参演人次
-- name_en: drill participants
-- definition: 演练日期在期内的参演人次之和，同一单位同一演练编号只计一次；观摩人次不计。
-- unit: 人次
-- better: higher
-- over_time: sum
-- compare: year_ago, to_date
-- source: drill
-- decimals: 0
SELECT
    source_id,
    unit_code,
    held_on AS on_date,
    participants AS numerator,
    NULL::bigint AS denominator
FROM form.counted_drill
WHERE participants > 0
