-- Values from sums. One that is different as a base of comparison stands there once more, under the name of the
-- comparison.
CREATE TEMPORARY TABLE computed_value ON COMMIT DROP AS
WITH wanted AS (
    SELECT
        '' AS comparison,
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
        '' AS comparison,
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
        '' AS comparison,
        needed.indicator_id,
        unit.code AS unit_code,
        needed.period_kind,
        needed.start_on,
        needed.end_on,
        '' AS dimension,
        '' AS member
    FROM needed
    CROSS JOIN core.known_unit AS unit
    WHERE unit.level = 'district'
    UNION
    SELECT
        comparison,
        indicator_id,
        unit_code,
        period_kind,
        start_on,
        end_on,
        dimension,
        member
    FROM moved_total
    UNION
    SELECT
        moved_count.comparison,
        moved_count.indicator_id,
        moved_count.unit_code,
        moved_count.period_kind,
        moved_count.start_on,
        moved_count.end_on,
        coalesce(total.dimension, '') AS dimension,
        coalesce(total.member, '') AS member
    FROM moved_count
    LEFT JOIN total
        ON
            moved_count.indicator_id = total.indicator_id
            AND moved_count.unit_code = total.unit_code
            AND moved_count.period_kind = total.period_kind
            AND moved_count.start_on = total.start_on
            AND moved_count.end_on = total.end_on
),

-- Nothing happened is 0; nobody said anything is not.
reported AS (
    SELECT
        wanted.*,
        setting.value_kind,
        setting.factor,
        setting.is_share,
        setting.over_units,
        coalesce(report_count.expected, 0) + coalesce(moved_count.expected, 0) AS expected,
        coalesce(report_count.received, 0) + coalesce(moved_count.received, 0) AS received,
        coalesce(report_count.on_time, 0) AS on_time,
        coalesce(total.evidence, 0) + coalesce(moved.evidence, 0) AS evidence,
        coalesce(total.numerator + moved.numerator, total.numerator, moved.numerator) AS numerator,
        coalesce(total.denominator + moved.denominator, total.denominator, moved.denominator) AS denominator
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
    LEFT JOIN moved_count
        ON
            wanted.comparison = moved_count.comparison
            AND wanted.indicator_id = moved_count.indicator_id
            AND wanted.unit_code = moved_count.unit_code
            AND wanted.period_kind = moved_count.period_kind
            AND wanted.start_on = moved_count.start_on
            AND wanted.end_on = moved_count.end_on
    LEFT JOIN moved_total AS moved
        ON
            wanted.comparison = moved.comparison
            AND wanted.indicator_id = moved.indicator_id
            AND wanted.unit_code = moved.unit_code
            AND wanted.period_kind = moved.period_kind
            AND wanted.start_on = moved.start_on
            AND wanted.end_on = moved.end_on
            AND wanted.dimension = moved.dimension
            AND wanted.member = moved.member
),

judged AS (
    SELECT
        *,
        evidence + received > 0 AS is_known
    FROM reported
)

SELECT
    comparison,
    indicator_id,
    unit_code,
    period_kind,
    start_on,
    end_on,
    dimension,
    member,
    CASE WHEN is_known AND over_units <> 'min' THEN coalesce(numerator, 0) ELSE numerator END AS numerator,
    CASE WHEN is_known AND value_kind <> 'sum' THEN coalesce(denominator, 0) ELSE denominator END AS denominator,
    CASE
        WHEN NOT is_known THEN NULL
        -- There is no least of nothing.
        WHEN over_units = 'min' THEN numerator * factor
        WHEN value_kind = 'sum' THEN coalesce(numerator, 0) * factor
        -- A cell that is blank in every row gives no numerator: none of them is a part.
        WHEN value_kind = 'ratio' THEN coalesce(numerator, 0) * factor / nullif(denominator, 0)
        WHEN value_kind = 'all' AND denominator > 0 THEN (coalesce(numerator, 0) = denominator)::int
    END AS amount,
    is_share,
    expected,
    received,
    on_time
FROM judged;

ANALYZE computed_value
