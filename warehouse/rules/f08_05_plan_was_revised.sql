-- code: W-F08-05
-- at: plan.revised_on
-- message: 预案 {value} 在 {hint} 的演练后需要修订，已超过6个月还没有修订，请说明

-- Domain rule W-F08-05: asked of the unit whose plan it is, every month until it was revised. Where the list of plans
-- did not change, the report as a whole is asked.
SELECT DISTINCT ON (plan.source_id, arrived.submission_id)
    arrived.submission_id,
    CASE WHEN plan.submission_id = arrived.submission_id THEN plan.source_row END AS source_row,
    plan.plan_no AS shown,
    drill.held_on::text AS hint
FROM arrived
INNER JOIN form.plan_in_force AS plan
    ON
        arrived.form = 'plan_drill'
        AND arrived.unit_code = plan.unit_code
        AND arrived.month = plan.month
INNER JOIN form.drill
    ON
        plan.plan_no = drill.plan_no
        AND drill.needs_revision
        AND (drill.held_on + interval '6 months')::date < (arrived.month + interval '1 month')::date
        AND coalesce(plan.revised_on, plan.issued_on) < drill.held_on
ORDER BY
    plan.source_id ASC,
    arrived.submission_id ASC,
    drill.held_on ASC
