-- The stage of every accident in every report that is known to be in force.
SELECT
    accident.submission_id,
    accident.accident_no,
    code.name AS stage_name,
    code.position AS step
FROM form.accident
INNER JOIN core.code ON code.list = 'accident.stage' AND accident.stage = code.code
