-- code: E-F08-04
-- at: drill.plan_no
-- message: 预案台账里没有编号 {value} 的预案，请核对编号，或先报送该预案，再重新报送本表

-- Domain rule E-F08-04: the plan of a drill is in somebody's list of plans, now or in the same night. A street may
-- well practise the plan of the district.
SELECT
    drill.submission_id,
    drill.source_row,
    drill.plan_no AS shown,
    NULL AS hint
FROM arrived
INNER JOIN form.drill ON arrived.submission_id = drill.submission_id
WHERE
    NOT EXISTS (
        SELECT
        FROM form.plan
        WHERE plan.plan_no = drill.plan_no
    )
