-- id: rescue_teams
-- code: TEM01
-- name: 应急救援队伍数
-- name_en: rescue teams
-- definition: 期末各单位名册上的应急救援队伍。
-- unit: 支
-- better: higher
-- over_time: end
-- compare: year_ago
-- source: team
-- decimals: 0
-- breakdown: team_type
SELECT
    team.source_id,
    team.unit_code,
    standing.month AS on_date,
    1 AS numerator,
    NULL::bigint AS denominator,
    team.team_type,
    period.kind AS period_kind,
    period.start_on,
    period.end_on
FROM period
INNER JOIN form.standing
    ON
        standing.table_id = 'team'
        AND standing.month = (period.until_on - interval '1 month')::date
INNER JOIN form.team ON standing.submission_id = team.submission_id
