-- code: I-X11
-- at: drill.participants, team
-- message: 防汛演练参演 {value} 人次，多于本单位应急队伍的 {hint} 人（F09），其余是否为群众，供核对

-- Domain rule X11, of one unit and month, when both forms have come: the people of a drill against floods beside the
-- members of the teams that are in force. It only informs: others may take part.
WITH both_forms AS (
    SELECT
        drills.unit_code,
        drills.month,
        drills.submission_id AS drills_id,
        greatest(drills.submission_id, teams.submission_id) AS submission_id
    FROM core.known_submission AS drills
    INNER JOIN core.known_submission AS teams
        ON
            drills.unit_code = teams.unit_code
            AND drills.month = teams.month
            AND teams.form = 'team_supply'
    INNER JOIN arrived ON arrived.submission_id = greatest(drills.submission_id, teams.submission_id)
    WHERE drills.form = 'plan_drill'
),

member AS (
    SELECT
        team.unit_code,
        team.month,
        sum(team.full_time + team.part_time) AS members
    FROM both_forms
    INNER JOIN form.team_in_force AS team
        ON
            both_forms.unit_code = team.unit_code
            AND both_forms.month = team.month
    GROUP BY
        team.unit_code,
        team.month
)

SELECT
    both_forms.submission_id,
    CASE WHEN both_forms.submission_id = drill.submission_id THEN drill.source_row END AS source_row,
    drill.participants::text AS shown,
    coalesce(member.members, 0)::text AS hint
FROM both_forms
INNER JOIN form.drill ON both_forms.drills_id = drill.submission_id
LEFT JOIN member
    ON
        both_forms.unit_code = member.unit_code
        AND both_forms.month = member.month
WHERE
    drill.participants > coalesce(member.members, 0)
    AND EXISTS (
        SELECT
        FROM form.plan
        WHERE
            plan.plan_no = drill.plan_no
            AND plan.hazard_type = 'flood_drought'
    )
