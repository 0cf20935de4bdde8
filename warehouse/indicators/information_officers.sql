-- id: information_officers
-- code: OFF01
-- name: 灾害信息员人数
-- name_en: information officers
-- definition: 期末各单位有效名册上的灾害信息员，按其所负责的地区计，不论由谁填报。
-- unit: 人
-- better: higher
-- over_time: end
-- compare: year_ago
-- source: officer
-- decimals: 0
-- breakdown: level

-- An officer belongs to the place he looks after, whoever reports him.
SELECT
    officer.source_id,
    officer.place_code AS unit_code,
    standing.month AS on_date,
    1 AS numerator,
    NULL::bigint AS denominator,
    officer.level,
    period.kind AS period_kind,
    period.start_on,
    period.end_on
FROM period
INNER JOIN form.standing
    ON
        standing.table_id = 'officer'
        AND standing.month = (period.until_on - interval '1 month')::date
INNER JOIN form.officer ON standing.submission_id = officer.submission_id
