-- What is told of submissions: where they came from, what their sender and whoever acted on them said.
WITH told AS (
    SELECT
        submission_id,
        file_id,
        version, -- noqa: RF04
        correction,
        audit_id
    FROM core.submission
    WHERE submission_id = any(cast(:submission_ids AS bigint[]))
)

SELECT
    told.submission_id,
    told.version, -- noqa: RF04
    told.correction,
    file.source AS file, -- noqa: RF04
    file.received_at,
    audit.who,
    audit.why
FROM told
INNER JOIN core.file ON told.file_id = file.file_id
LEFT JOIN core.audit ON told.audit_id = audit.audit_id
