-- What the rules asked about counts beside what the reader asked about.
UPDATE core.submission
SET warnings = submission.warnings + given.warnings
FROM unnest(cast(:submission_ids AS bigint[]), cast(:counts AS bigint[])) AS given (submission_id, warnings)
WHERE submission.submission_id = given.submission_id
