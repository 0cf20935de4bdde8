-- Sums of contributing rows up the tree of units and over the periods that are needed. A month is added up the tree as
-- it was in that month, what is counted over a whole period as it was in its last month.
ANALYZE month_line, window_line, month_shift, window_shift, computed_month, period;

ANALYZE indicator_form, indicator_setting, month_sum, period_sum, gathered, needed;

-- Each period with its months, to be joined on equal months: joined on ranges, every month of an indicator meets every
-- period of it.
CREATE TEMPORARY TABLE needed_month ON COMMIT DROP AS
SELECT
    needed.indicator_id,
    needed.period_kind,
    needed.start_on,
    needed.end_on,
    step.first_day::date AS month -- noqa: RF04
FROM needed
CROSS JOIN LATERAL generate_series(needed.start_on, needed.end_on - 1, interval '1 month') AS step (first_day);

ANALYZE needed_month;

INSERT INTO total
WITH by_month AS (
    SELECT
        month_sum.indicator_id,
        standing.above_code AS unit_code,
        month_sum.dimension,
        month_sum.member,
        month_sum.month,
        sum(month_sum.numerator) AS numerator,
        sum(month_sum.denominator) AS denominator,
        sum(month_sum.evidence) AS evidence
    FROM month_sum
    INNER JOIN month_line AS standing
        ON
            month_sum.unit_code = standing.unit_code
            AND month_sum.month >= standing.since
            AND month_sum.month < standing.until
    WHERE
        EXISTS (
            SELECT
            FROM needed_month
            WHERE
                month_sum.indicator_id = needed_month.indicator_id
                AND month_sum.month = needed_month.month
        )
    GROUP BY
        month_sum.indicator_id,
        standing.above_code,
        month_sum.dimension,
        month_sum.member,
        month_sum.month
)

SELECT
    by_month.indicator_id,
    by_month.unit_code,
    by_month.dimension,
    by_month.member,
    needed_month.period_kind,
    needed_month.start_on,
    needed_month.end_on,
    sum(by_month.numerator) AS numerator,
    sum(by_month.denominator) AS denominator,
    sum(by_month.evidence) AS evidence
FROM by_month
INNER JOIN needed_month
    ON
        by_month.indicator_id = needed_month.indicator_id
        AND by_month.month = needed_month.month
GROUP BY
    by_month.indicator_id,
    by_month.unit_code,
    by_month.dimension,
    by_month.member,
    needed_month.period_kind,
    needed_month.start_on,
    needed_month.end_on
UNION ALL
SELECT
    period_sum.indicator_id,
    standing.above_code AS unit_code,
    period_sum.dimension,
    period_sum.member,
    period_sum.period_kind,
    period_sum.start_on,
    period_sum.end_on,
    sum(period_sum.numerator) AS numerator,
    sum(period_sum.denominator) AS denominator,
    sum(period_sum.evidence) AS evidence
FROM period_sum
INNER JOIN needed
    ON
        period_sum.indicator_id = needed.indicator_id
        AND period_sum.period_kind = needed.period_kind
        AND period_sum.start_on = needed.start_on
        AND period_sum.end_on = needed.end_on
INNER JOIN window_line AS standing
    ON
        period_sum.unit_code = standing.unit_code
        AND period_sum.end_on > standing.since
        AND period_sum.end_on <= standing.until
GROUP BY
    period_sum.indicator_id,
    standing.above_code,
    period_sum.dimension,
    period_sum.member,
    period_sum.period_kind,
    period_sum.start_on,
    period_sum.end_on
UNION ALL
SELECT
    gathered.indicator_id,
    gathered.unit_code,
    gathered.dimension,
    gathered.member,
    gathered.period_kind,
    gathered.start_on,
    gathered.end_on,
    gathered.numerator,
    gathered.denominator,
    gathered.evidence
FROM gathered
INNER JOIN needed
    ON
        gathered.indicator_id = needed.indicator_id
        AND gathered.period_kind = needed.period_kind
        AND gathered.start_on = needed.start_on
        AND gathered.end_on = needed.end_on;

ANALYZE total
