-- id: investigations_in_time_rate
-- code: ACC10
-- name: 事故调查按期完成率
-- name_en: investigations submitted in time
-- definition: 分子为60日内提交调查报告的事故数，分母为自发生之日起60日在期内届满的事故数（国务院令第493号第二十九条）；获准延期的也按逾期计。
-- unit: %
-- better: higher
-- over_time: sum
-- compare: year_ago
-- source: accident
-- decimals: 1
-- value: ratio
-- factor: 100

-- Of the investigations that were due in the period those submitted within 60 days of the accident (国务院令第493号第二十九条).
-- An extension to 120 days is not reported, so it counts as late.
SELECT
    counted.source_id,
    counted.town_code AS unit_code,
    counted.occurred_on + 60 AS on_date,
    coalesce(accident.investigation_submitted_on <= counted.occurred_on + 60, FALSE)::int AS numerator,
    1 AS denominator
FROM form.counted_accident AS counted
INNER JOIN form.accident ON counted.source_id = accident.source_id
