-- Every value of the candidate for the audit, but for those that nobody reported; a share's parts only where it is one.
SELECT
    candidate.indicator_id,
    candidate.unit_code,
    candidate.period_kind,
    candidate.start_on,
    candidate.end_on,
    concat_ws(
        ' ', indicator.name, unit.name, candidate.period_kind, candidate.start_on, candidate.member
    ) AS place,
    candidate.value::float8 AS value, -- noqa: RF04
    CASE WHEN setting.is_share THEN candidate.numerator::float8 END AS part,
    CASE WHEN setting.is_share THEN candidate.denominator::float8 END AS whole
FROM candidate
INNER JOIN mart.indicator ON candidate.indicator_id = indicator.id
INNER JOIN core.unit ON candidate.unit_code = unit.code
INNER JOIN indicator_setting AS setting ON candidate.indicator_id = setting.indicator_id
-- What has no value can break no rule, and most units have most of them.
WHERE candidate.value IS NOT NULL
