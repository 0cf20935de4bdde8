-- What a period gains or loses as a base of comparison, when its months are counted by the units of the months that are
-- compared with them: what a merged unit had counts for its successor. Nothing where no unit was changed.
CREATE TEMPORARY TABLE comparison ON COMMIT DROP AS
SELECT
    given.name,
    given.period_kind,
    given.months_later
FROM (
    VALUES
    ('year_ago', 'month', 12),
    ('year_ago', 'quarter', 12),
    ('year_ago', 'half_year', 12),
    ('year_ago', 'year', 12),
    ('year_ago', 'year_to_date', 12),
    ('previous', 'month', 1),
    ('previous', 'quarter', 3),
    ('previous', 'half_year', 6),
    ('previous', 'year', 12)
) AS given (name, period_kind, months_later);

CREATE TEMPORARY TABLE moved_total ON COMMIT DROP AS
WITH moved AS (
    SELECT
        comparison.name AS comparison,
        month_sum.indicator_id,
        shift.above_code AS unit_code,
        period.period_kind,
        period.start_on,
        period.end_on,
        month_sum.dimension,
        month_sum.member,
        shift.sign * month_sum.numerator AS numerator,
        shift.sign * month_sum.denominator AS denominator,
        shift.sign * month_sum.evidence AS evidence
    FROM month_shift AS shift
    INNER JOIN month_sum
        ON
            shift.unit_code = month_sum.unit_code
            AND shift.since <= month_sum.month
            AND shift.until > month_sum.month
    INNER JOIN comparison ON shift.months_later = comparison.months_later
    INNER JOIN needed AS period
        ON
            month_sum.indicator_id = period.indicator_id
            AND comparison.period_kind = period.period_kind
            AND month_sum.month >= period.start_on
            AND month_sum.month < period.end_on
    UNION ALL
    SELECT
        comparison.name AS comparison,
        period_sum.indicator_id,
        shift.above_code AS unit_code,
        period_sum.period_kind,
        period_sum.start_on,
        period_sum.end_on,
        period_sum.dimension,
        period_sum.member,
        shift.sign * period_sum.numerator AS numerator,
        shift.sign * period_sum.denominator AS denominator,
        shift.sign * period_sum.evidence AS evidence
    FROM window_shift AS shift
    INNER JOIN comparison ON shift.months_later = comparison.months_later
    INNER JOIN period_sum
        ON
            shift.unit_code = period_sum.unit_code
            AND comparison.period_kind = period_sum.period_kind
            AND shift.since < period_sum.end_on
            AND shift.until >= period_sum.end_on
    INNER JOIN needed
        ON
            period_sum.indicator_id = needed.indicator_id
            AND period_sum.period_kind = needed.period_kind
            AND period_sum.start_on = needed.start_on
            AND period_sum.end_on = needed.end_on
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
    sum(numerator) AS numerator,
    sum(denominator) AS denominator,
    sum(evidence) AS evidence
FROM moved
GROUP BY
    comparison,
    indicator_id,
    unit_code,
    period_kind,
    start_on,
    end_on,
    dimension,
    member;

CREATE TEMPORARY TABLE moved_count ON COMMIT DROP AS
SELECT
    comparison.name AS comparison,
    indicator_form.indicator_id,
    shift.above_code AS unit_code,
    period.period_kind,
    period.start_on,
    period.end_on,
    sum(shift.sign) AS expected,
    sum(shift.sign * report_due.received) AS received
FROM month_shift AS shift
INNER JOIN report_due
    ON
        shift.unit_code = report_due.unit_code
        AND shift.since <= report_due.month
        AND shift.until > report_due.month
INNER JOIN comparison ON shift.months_later = comparison.months_later
INNER JOIN indicator_form ON report_due.form = indicator_form.form
INNER JOIN indicator_setting AS setting ON indicator_form.indicator_id = setting.indicator_id
INNER JOIN needed AS period
    ON
        indicator_form.indicator_id = period.indicator_id
        AND comparison.period_kind = period.period_kind
        AND report_due.month >= CASE
            WHEN setting.is_end THEN (period.end_on - interval '1 month')::date
            ELSE period.start_on
        END
        AND report_due.month < period.end_on
GROUP BY
    comparison.name,
    indicator_form.indicator_id,
    shift.above_code,
    period.period_kind,
    period.start_on,
    period.end_on;

ANALYZE moved_total;

ANALYZE moved_count
