-- What is replaced ends now; what was only held never was in force.
UPDATE core.submission
SET
    status = 'superseded',
    recorded_to = CASE WHEN submission.status = 'held' THEN submission.recorded_from ELSE :moment END
WHERE submission.submission_id = any(cast(:submission_ids AS bigint[]))
