-- For each indicator: the published values that the candidate changes by more than the bound, and of those the ones in
-- whose unit, or below it, no report that the indicator rests on came or went since the last publication. Indicators
-- that count the reports themselves change with every file and are not looked at here.
WITH asked AS (
    SELECT
        cast(:since AS timestamptz) AS since,
        cast(:points AS numeric) AS points,
        cast(:rate AS numeric) AS rate
),

changed_month AS (
    SELECT unnest(cast(:months AS date[])) AS month -- noqa: RF04
),

-- Once, not for every value that jumped.
touched AS MATERIALIZED (
    SELECT DISTINCT
        submission.form,
        submission.unit_code,
        submission.month
    FROM core.submission
    CROSS JOIN asked
    WHERE
        submission.status IN ('accepted', 'superseded', 'withdrawn')
        AND (submission.recorded_from > asked.since OR submission.recorded_to > asked.since)
),

jumped AS (
    SELECT
        candidate.indicator_id,
        candidate.unit_code,
        candidate.period_kind,
        candidate.start_on,
        candidate.end_on,
        published.value AS value_before,
        candidate.value AS value_after,
        indicator.over_time
    FROM difference
    CROSS JOIN asked
    INNER JOIN mart.published_value AS published
        ON
            difference.indicator_id = published.indicator_id
            AND difference.unit_code = published.unit_code
            AND difference.period_kind = published.period_kind
            AND difference.start_on = published.start_on
            AND difference.end_on = published.end_on
            AND difference.dimension = published.dimension
            AND difference.member = published.member
            AND published.to_publication IS NULL
    INNER JOIN candidate
        ON
            difference.indicator_id = candidate.indicator_id
            AND difference.unit_code = candidate.unit_code
            AND difference.period_kind = candidate.period_kind
            AND difference.start_on = candidate.start_on
            AND difference.end_on = candidate.end_on
            AND difference.dimension = candidate.dimension
            AND difference.member = candidate.member
    INNER JOIN indicator_setting AS setting ON difference.indicator_id = setting.indicator_id
    INNER JOIN mart.indicator ON difference.indicator_id = indicator.id
    WHERE
        difference.dimension = ''
        AND indicator.source <> ARRAY['submission']
        AND CASE
            WHEN setting.value_kind = 'all' THEN candidate.value <> published.value
            WHEN setting.is_share THEN abs(candidate.value - published.value) > asked.points
            ELSE abs(candidate.value - published.value) > abs(published.value) * asked.rate
        END
)

SELECT
    jumped.indicator_id,
    jumped.unit_code,
    unit.name AS unit_name,
    jumped.period_kind,
    jumped.start_on,
    jumped.end_on,
    EXISTS (
        SELECT
        FROM touched
        INNER JOIN indicator_form ON touched.form = indicator_form.form
        LEFT JOIN month_line ON touched.unit_code = month_line.unit_code
        WHERE
            jumped.indicator_id = indicator_form.indicator_id
            AND jumped.unit_code IN (touched.unit_code, month_line.above_code)
            -- A report tells of its month and of those before.
            AND (jumped.over_time <> 'sum' OR touched.month >= jumped.start_on)
    )
    -- What stands at the end of a period is another where another month is its last one, and where another is the first
    -- of all: days without an accident are counted from it.
    OR (
        jumped.over_time <> 'sum'
        AND EXISTS (
            SELECT
            FROM changed_month
            WHERE changed_month.month < jumped.end_on
        )
    ) AS is_explained
FROM jumped
INNER JOIN core.unit ON jumped.unit_code = unit.code
ORDER BY
    jumped.indicator_id ASC,
    abs(jumped.value_after - jumped.value_before) DESC,
    jumped.unit_code ASC,
    jumped.start_on ASC,
    jumped.end_on ASC
