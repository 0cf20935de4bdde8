-- id: community_applications
-- code: COM01
-- name: 综合减灾示范社区申报数
-- name_en: model communities applied
-- definition: 材料上报日期在期内的村社区，以最近一次名册为准；同一村社区同一年度计1家，后被撤销的仍计，处于创建阶段的不计。
-- unit: 家
-- better: higher
-- over_time: sum
-- compare: year_ago, to_date
-- source: community
-- decimals: 0

-- One a community and year, as the last register that lists it has it: for both titles it is still one community, and
-- one whose title was later revoked did apply.
WITH latest AS (
    SELECT DISTINCT ON (community_code, year)
        source_id,
        community_code,
        stage,
        applied_on
    FROM form.community
    ORDER BY
        community_code ASC,
        year ASC,
        month DESC,
        source_id DESC
)

SELECT
    source_id,
    community_code AS unit_code,
    applied_on AS on_date,
    1 AS numerator,
    NULL::bigint AS denominator
FROM latest
WHERE
    stage <> 'founding'
    AND applied_on IS NOT NULL
