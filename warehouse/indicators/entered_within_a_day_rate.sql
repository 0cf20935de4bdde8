-- id: entered_within_a_day_rate
-- code: ACC09
-- name: 事故信息24小时入库率
-- name_en: accidents entered within 24 hours
-- definition: 分子为首次录入距接报不超过24小时的事故数，分母为发生日期在期内、列入统计且接报和录入时间齐全的事故数。
-- unit: %
-- better: higher
-- over_time: sum
-- compare: year_ago
-- source: accident
-- decimals: 1
-- value: ratio
-- factor: 100

-- By the first entry of each accident; one without both times is not judged.
WITH first_report AS (
    SELECT DISTINCT ON (accident_no)
        accident_no,
        received_at,
        entered_at
    FROM form.accident
    WHERE
        received_at IS NOT NULL
        AND entered_at IS NOT NULL
    ORDER BY
        accident_no ASC,
        entered_at ASC,
        source_id ASC
)

SELECT
    accident.source_id,
    accident.town_code AS unit_code,
    accident.occurred_on AS on_date,
    (first_report.entered_at - first_report.received_at <= interval '24 hours')::int AS numerator,
    1 AS denominator
FROM form.counted_accident AS accident
INNER JOIN first_report ON accident.accident_no = first_report.accident_no
