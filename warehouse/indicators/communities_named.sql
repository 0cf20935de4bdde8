-- id: communities_named
-- code: COM02
-- name: 示范社区累计命名数
-- name_en: model communities named
-- definition: 期末有效名册中阶段为命名的村社区，阶段为撤销的不计；同一村社区有多个称号或多个年度的计1家。
-- unit: 家
-- better: higher
-- over_time: end
-- compare: year_ago
-- source: community
-- decimals: 0

-- 命名 and not revoked since; for both titles, or listed in several years, it is still one community.
SELECT DISTINCT ON (period.kind, period.start_on, period.end_on, community.community_code)
    community.source_id,
    community.community_code AS unit_code,
    standing.month AS on_date,
    1 AS numerator,
    NULL::bigint AS denominator,
    period.kind AS period_kind,
    period.start_on,
    period.end_on
FROM period
INNER JOIN form.standing
    ON
        standing.table_id = 'community'
        AND standing.month = (period.until_on - interval '1 month')::date
INNER JOIN form.community ON standing.submission_id = community.submission_id
WHERE community.stage = 'named'
ORDER BY
    period.kind ASC,
    period.start_on ASC,
    period.end_on ASC,
    community.community_code ASC,
    community.year DESC,
    community.source_id DESC
