-- Submissions that have just become the current ones, for the rules to judge.
CREATE TEMPORARY TABLE arrived ON COMMIT DROP AS
SELECT
    submission_id,
    form,
    unit_code,
    month
FROM core.submission
WHERE submission_id = any(cast(:submission_ids AS bigint[]))
