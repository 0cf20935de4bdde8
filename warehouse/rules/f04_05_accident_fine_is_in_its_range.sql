-- code: W-F04-05
-- at: penalty.fine_yuan
-- message: 罚款 {value} 万元，不在该等级事故的法定幅度内（{hint}），请核对

-- Domain rule W-F04-05: the range is of the law in force on the day of the accident, and of the grade in F01. It is
-- that of the responsible enterprise; a person, who has no credit code, is fined by income.
WITH graded AS (
    SELECT
        penalty.submission_id,
        penalty.source_row,
        penalty.fine_yuan / 10000 AS fine_wan,
        latest.grade,
        latest.occurred_on
    FROM arrived
    INNER JOIN form.penalty ON arrived.submission_id = penalty.submission_id
    CROSS JOIN
        LATERAL (
            SELECT
                accident.grade,
                accident.occurred_at::date AS occurred_on
            FROM form.accident
            WHERE accident.accident_no = penalty.accident_no
            ORDER BY
                accident.month DESC,
                accident.source_id DESC
            LIMIT 1
        ) AS latest
    WHERE
        penalty.is_accident_penalty
        AND penalty.fine_yuan > 0
        AND penalty.uscc IS NOT NULL
)

SELECT
    graded.submission_id,
    graded.source_row,
    trim_scale(graded.fine_wan)::text AS shown,
    concat(
        trim_scale(fine.lowest_wan), ' 至 ', trim_scale(fine.highest_wan), ' 万元，', split_part(fine.source, ';', 1)
    ) AS hint
FROM graded
INNER JOIN core.accident_fine AS fine
    ON
        graded.grade = fine.grade
        AND (fine.valid_from IS NULL OR graded.occurred_on >= fine.valid_from)
        AND (fine.valid_to IS NULL OR graded.occurred_on < fine.valid_to)
WHERE graded.fine_wan NOT BETWEEN fine.lowest_wan AND fine.highest_wan
