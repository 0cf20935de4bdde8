-- What is told of submissions: where they came from, what their sender and whoever acted on them said.
WITH told AS (
    SELECT
        submission_id,
        file_id,
        version, -- noqa: RF04
        correction,
        audit_id,
        recorded_to
    FROM core.submission
    WHERE submission_id = any(cast(:submission_ids AS bigint[]))
)

SELECT
    told.submission_id,
    told.version, -- noqa: RF04
    told.correction,
    file.source AS file, -- noqa: RF04
    file.received_at,
    coalesce(ending.who, audit.who) AS who,
    coalesce(ending.why, audit.why) AS why
FROM told
INNER JOIN core.file ON told.file_id = file.file_id
LEFT JOIN core.audit ON told.audit_id = audit.audit_id
-- A backfill that found nothing right in its place ended it.
LEFT JOIN core.audit AS ending ON ending.what = 'backfill' AND told.recorded_to = ending.recorded_at
