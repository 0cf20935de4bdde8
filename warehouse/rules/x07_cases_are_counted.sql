-- code: W-X07
-- at: inspection.cases_opened, penalty
-- message: {hint}检查报表（F03）的立案数 {value}，请核对

-- Domain rule X07: no fewer cases opened in F03 than F04 lists as opened in the month. A case may be decided, and so
-- listed, in a later month: then the later list is asked about the month in which it was opened.
WITH counted AS (
    SELECT
        unit_code,
        month,
        submission_id,
        sum(cases_opened) AS cases
    FROM form.inspection
    GROUP BY
        unit_code,
        month,
        submission_id
),

listed AS (
    SELECT
        unit_code,
        date_trunc('month', opened_on)::date AS month, -- noqa: RF04
        max(submission_id) AS submission_id,
        count(*) AS cases
    FROM form.penalty
    GROUP BY
        unit_code,
        date_trunc('month', opened_on)::date
)

SELECT
    arrived.submission_id,
    NULL::int AS source_row,
    counted.cases::text AS shown,
    concat('处罚台账（F04）里 ', to_char(counted.month, 'YYYY-MM'), ' 立案的有 ', listed.cases, ' 件，多于该月') AS hint
FROM counted
INNER JOIN listed
    ON
        counted.unit_code = listed.unit_code
        AND counted.month = listed.month
INNER JOIN arrived ON arrived.submission_id = greatest(counted.submission_id, listed.submission_id)
WHERE counted.cases < listed.cases
