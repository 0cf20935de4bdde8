-- Values from sums, each compared with the same period a year ago (同比) and the period before (环比).
CREATE TEMPORARY TABLE computed_value ON COMMIT DROP AS
WITH wanted AS (
    SELECT
        indicator_id,
        unit_code,
        period_kind,
        start_on,
        end_on,
        '' AS dimension,
        '' AS member
    FROM report_count
    UNION
    SELECT
        indicator_id,
        unit_code,
        period_kind,
        start_on,
        end_on,
        dimension,
        member
    FROM total
    UNION
    SELECT
        indicator_setting.indicator_id,
        unit.code AS unit_code,
        period.kind AS period_kind,
        period.start_on,
        period.end_on,
        '' AS dimension,
        '' AS member
    FROM indicator_setting
    CROSS JOIN core.unit
    CROSS JOIN period
    WHERE unit.level = 'district'
),

-- Nothing happened is 0; nobody said anything is not.
reported AS (
    SELECT
        wanted.*,
        setting.value_kind,
        setting.factor,
        setting.is_share,
        coalesce(report_count.expected, 0) AS expected,
        coalesce(report_count.received, 0) AS received,
        coalesce(total.evidence, 0) + coalesce(report_count.received, 0) > 0 AS is_known,
        total.numerator,
        total.denominator
    FROM wanted
    INNER JOIN indicator_setting AS setting ON wanted.indicator_id = setting.indicator_id
    LEFT JOIN report_count
        ON
            wanted.indicator_id = report_count.indicator_id
            AND wanted.unit_code = report_count.unit_code
            AND wanted.period_kind = report_count.period_kind
            AND wanted.start_on = report_count.start_on
            AND wanted.end_on = report_count.end_on
    LEFT JOIN total
        ON
            wanted.indicator_id = total.indicator_id
            AND wanted.unit_code = total.unit_code
            AND wanted.period_kind = total.period_kind
            AND wanted.start_on = total.start_on
            AND wanted.end_on = total.end_on
            AND wanted.dimension = total.dimension
            AND wanted.member = total.member
)

SELECT
    indicator_id,
    unit_code,
    period_kind,
    start_on,
    end_on,
    dimension,
    member,
    CASE WHEN is_known THEN coalesce(numerator, 0) ELSE numerator END AS numerator,
    CASE WHEN is_known AND value_kind <> 'sum' THEN coalesce(denominator, 0) ELSE denominator END AS denominator,
    CASE
        WHEN NOT is_known THEN NULL
        WHEN value_kind = 'sum' THEN coalesce(numerator, 0) * factor
        WHEN value_kind = 'ratio' THEN numerator * factor / nullif(denominator, 0)
        WHEN value_kind = 'all' AND denominator > 0 THEN (numerator = denominator)::int
    END AS amount,
    is_share,
    expected,
    received
FROM reported;

ANALYZE computed_value;

INSERT INTO candidate
SELECT
    now.indicator_id,
    now.unit_code,
    now.period_kind,
    now.start_on,
    now.end_on,
    now.dimension,
    now.member,
    now.numerator,
    now.denominator,
    now.amount AS value, -- noqa: RF04
    base.amount AS year_ago,
    now.amount - base.amount AS change, -- noqa: RF04
    CASE WHEN NOT now.is_share THEN (now.amount - base.amount) * 100 / nullif(base.amount, 0) END AS change_rate,
    earlier.amount AS previous,
    now.expected AS reports_expected,
    now.received AS reports_received,
    base.expected AS year_ago_expected,
    base.received AS year_ago_received
FROM computed_value AS now
LEFT JOIN computed_value AS base
    ON
        now.indicator_id = base.indicator_id
        AND now.unit_code = base.unit_code
        AND now.period_kind = base.period_kind
        AND now.start_on = (base.start_on + interval '1 year')::date
        AND now.end_on = (base.end_on + interval '1 year')::date
        AND now.dimension = base.dimension
        AND now.member = base.member
-- The period before; years to date have none, since they are never compared so.
LEFT JOIN computed_value AS earlier
    ON
        now.indicator_id = earlier.indicator_id
        AND now.unit_code = earlier.unit_code
        AND now.period_kind = earlier.period_kind
        AND now.period_kind <> 'year_to_date'
        AND now.start_on = earlier.end_on
        AND now.dimension = earlier.dimension
        AND now.member = earlier.member;

ANALYZE candidate
