-- id: team_members
-- code: TEM02
-- name: 应急救援队员数
-- name_en: members of rescue teams
-- definition: 期末各单位名册上的专职与兼职应急救援队员之和。
-- unit: 人
-- better: higher
-- over_time: end
-- compare: year_ago
-- source: team
-- decimals: 0

-- Full-time and part-time members together.
SELECT
    team.source_id,
    team.unit_code,
    standing.month AS on_date,
    team.full_time + team.part_time AS numerator,
    NULL::bigint AS denominator,
    period.kind AS period_kind,
    period.start_on,
    period.end_on
FROM period
INNER JOIN form.standing
    ON
        standing.table_id = 'team'
        AND standing.month = (period.until_on - interval '1 month')::date
INNER JOIN form.team ON standing.submission_id = team.submission_id
WHERE team.full_time + team.part_time > 0
