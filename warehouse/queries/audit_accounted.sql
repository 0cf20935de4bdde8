-- For each unit and month that was computed, and for each month of the district: of how many indicators the candidate
-- does not count every report that is owed, or every one that came. What is owed and what came is read from the tables
-- themselves, not through the views that the candidate was computed from.
WITH due AS (
    SELECT DISTINCT
        obligation.unit_code,
        obligation.form,
        computed_month.month
    FROM core.obligation
    INNER JOIN core.unit_version ON obligation.unit_code = unit_version.code AND unit_version.recorded_to IS NULL
    INNER JOIN computed_month
        ON
            obligation.valid_from <= computed_month.month
            AND (obligation.valid_to IS NULL OR obligation.valid_to > computed_month.month)
            AND unit_version.valid_from <= computed_month.month
            AND (unit_version.valid_to IS NULL OR unit_version.valid_to > computed_month.month)
    WHERE obligation.recorded_to IS NULL
),

owed AS (
    SELECT
        indicator_form.indicator_id,
        due.unit_code,
        due.month,
        count(*) AS expected,
        count(submission.submission_id) AS received
    FROM due
    INNER JOIN indicator_form ON due.form = indicator_form.form
    INNER JOIN needed
        ON
            indicator_form.indicator_id = needed.indicator_id
            AND needed.period_kind = 'month'
            AND due.month = needed.start_on
            AND needed.is_wanted
    LEFT JOIN core.submission
        ON
            due.form = submission.form
            AND due.unit_code = submission.unit_code
            AND due.month = submission.month
            AND submission.status = 'accepted'
    GROUP BY
        indicator_form.indicator_id,
        due.unit_code,
        due.month
),

counted AS (
    SELECT
        candidate.indicator_id,
        candidate.unit_code,
        candidate.start_on AS month, -- noqa: RF04
        coalesce(candidate.reports_expected, 0) AS expected,
        coalesce(candidate.reports_received, 0) AS received
    FROM candidate
    WHERE
        candidate.period_kind = 'month'
        AND candidate.dimension = ''
),

-- A unit counts what it owes, and what those below it owe.
unit_month AS (
    SELECT
        owed.unit_code,
        owed.month,
        count(*) FILTER (WHERE coalesce(counted.expected, 0) < owed.expected) AS uncounted,
        count(*) FILTER (WHERE coalesce(counted.received, 0) < owed.received) AS unheard
    FROM owed
    LEFT JOIN counted
        ON
            owed.indicator_id = counted.indicator_id
            AND owed.unit_code = counted.unit_code
            AND owed.month = counted.month
    GROUP BY
        owed.unit_code,
        owed.month
),

-- The district counts them all, and nothing else.
of_all AS (
    SELECT
        owed.indicator_id,
        owed.month,
        sum(owed.expected) AS expected,
        sum(owed.received) AS received
    FROM owed
    GROUP BY
        owed.indicator_id,
        owed.month
),

district_month AS (
    SELECT
        unit.code AS unit_code,
        of_all.month,
        count(*) FILTER (WHERE coalesce(counted.expected, 0) <> of_all.expected) AS uncounted,
        count(*) FILTER (WHERE coalesce(counted.received, 0) <> of_all.received) AS unheard
    FROM of_all
    INNER JOIN core.unit ON unit.level = 'district'
    LEFT JOIN counted
        ON
            of_all.indicator_id = counted.indicator_id
            AND unit.code = counted.unit_code
            AND of_all.month = counted.month
    GROUP BY
        unit.code,
        of_all.month
),

judged AS (
    SELECT
        unit_code,
        month, -- noqa: RF04
        uncounted,
        unheard
    FROM unit_month
    UNION ALL
    SELECT
        unit_code,
        month, -- noqa: RF04
        uncounted,
        unheard
    FROM district_month
)

SELECT
    concat_ws(' ', unit.name, to_char(judged.month, 'YYYY-MM')) AS place,
    sum(judged.uncounted)::bigint AS uncounted,
    sum(judged.unheard)::bigint AS unheard
FROM judged
INNER JOIN core.unit ON judged.unit_code = unit.code
GROUP BY
    unit.code,
    judged.month
ORDER BY
    unit.code,
    judged.month
