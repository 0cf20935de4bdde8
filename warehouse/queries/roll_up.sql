-- Sums of contributing rows up the tree of units and over periods, and the reports that were due and received.
-- Only reporting units and the district have values of their own; villages count in what lies above them.
CREATE TEMPORARY TABLE ancestor ON COMMIT DROP AS
WITH RECURSIVE line AS (
    SELECT
        code AS unit_code,
        code AS ancestor_code,
        parent
    FROM core.unit
    UNION ALL
    SELECT
        line.unit_code,
        above.code AS ancestor_code,
        above.parent
    FROM line
    INNER JOIN core.unit AS above ON line.parent = above.code
)

SELECT
    line.unit_code,
    line.ancestor_code
FROM line
INNER JOIN core.unit ON line.ancestor_code = unit.code
WHERE unit.level <> 'village';

ANALYZE ancestor, computed_month, period, indicator_form, indicator_setting, month_sum, period_sum;

INSERT INTO total
WITH by_month AS (
    SELECT
        month_sum.indicator_id,
        ancestor.ancestor_code AS unit_code,
        month_sum.dimension,
        month_sum.member,
        month_sum.month,
        sum(month_sum.numerator) AS numerator,
        sum(month_sum.denominator) AS denominator,
        sum(month_sum.evidence) AS evidence
    FROM month_sum
    INNER JOIN ancestor ON month_sum.unit_code = ancestor.unit_code
    GROUP BY
        month_sum.indicator_id,
        ancestor.ancestor_code,
        month_sum.dimension,
        month_sum.member,
        month_sum.month
)

SELECT
    by_month.indicator_id,
    by_month.unit_code,
    by_month.dimension,
    by_month.member,
    period.kind AS period_kind,
    period.start_on,
    period.end_on,
    sum(by_month.numerator) AS numerator,
    sum(by_month.denominator) AS denominator,
    sum(by_month.evidence) AS evidence
FROM by_month
INNER JOIN period ON by_month.month >= period.start_on AND by_month.month < period.end_on
GROUP BY
    by_month.indicator_id,
    by_month.unit_code,
    by_month.dimension,
    by_month.member,
    period.kind,
    period.start_on,
    period.end_on
UNION ALL
SELECT
    period_sum.indicator_id,
    ancestor.ancestor_code AS unit_code,
    period_sum.dimension,
    period_sum.member,
    period_sum.period_kind,
    period_sum.start_on,
    period_sum.end_on,
    sum(period_sum.numerator) AS numerator,
    sum(period_sum.denominator) AS denominator,
    sum(period_sum.evidence) AS evidence
FROM period_sum
INNER JOIN ancestor ON period_sum.unit_code = ancestor.unit_code
GROUP BY
    period_sum.indicator_id,
    ancestor.ancestor_code,
    period_sum.dimension,
    period_sum.member,
    period_sum.period_kind,
    period_sum.start_on,
    period_sum.end_on;

-- Months that only belong to a period at the edge are not computed, so nobody is said to be silent in them.
CREATE TEMPORARY TABLE report_count ON COMMIT DROP AS
WITH due AS (
    SELECT DISTINCT
        obligation.unit_code,
        obligation.form,
        computed_month.month
    FROM core.obligation
    INNER JOIN core.unit ON obligation.unit_code = unit.code
    INNER JOIN computed_month
        ON
            obligation.valid_from <= computed_month.month
            AND (obligation.valid_to IS NULL OR obligation.valid_to > computed_month.month)
            AND unit.valid_from <= computed_month.month
            AND (unit.valid_to IS NULL OR unit.valid_to > computed_month.month)
),

due_by_month AS (
    SELECT
        ancestor.ancestor_code AS unit_code,
        due.form,
        due.month,
        count(*) AS expected,
        count(known_submission.submission_id) AS received
    FROM due
    INNER JOIN ancestor ON due.unit_code = ancestor.unit_code
    LEFT JOIN core.known_submission
        ON
            due.form = known_submission.form
            AND due.unit_code = known_submission.unit_code
            AND due.month = known_submission.month
    GROUP BY
        ancestor.ancestor_code,
        due.form,
        due.month
)

SELECT
    indicator_form.indicator_id,
    due_by_month.unit_code,
    period.kind AS period_kind,
    period.start_on,
    period.end_on,
    sum(due_by_month.expected) AS expected,
    sum(due_by_month.received) AS received
FROM due_by_month
INNER JOIN indicator_form ON due_by_month.form = indicator_form.form
INNER JOIN period ON due_by_month.month >= period.start_on AND due_by_month.month < period.end_on
GROUP BY
    indicator_form.indicator_id,
    due_by_month.unit_code,
    period.kind,
    period.start_on,
    period.end_on;

ANALYZE total;
ANALYZE report_count
