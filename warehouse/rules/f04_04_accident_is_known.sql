-- code: E-F04-04
-- at: penalty.accident_no
-- message: 事故登记表（F01）里没有编号 {value} 的事故，请核对编号，或先报送事故登记表，再重新报送本表

-- Domain rule E-F04-04: the penalty after an accident names one that is known, now or in the same night.
SELECT
    penalty.submission_id,
    penalty.source_row,
    penalty.accident_no AS shown,
    NULL AS hint
FROM arrived
INNER JOIN form.penalty ON arrived.submission_id = penalty.submission_id
WHERE
    penalty.is_accident_penalty
    AND NOT EXISTS (
        SELECT
        FROM form.accident
        WHERE accident.accident_no = penalty.accident_no
    )
