-- The submissions that were the current ones at the time of the setting huizong.as_of; without it, now.
CREATE OR REPLACE VIEW core.known_submission AS
SELECT
    submission_id,
    file_id,
    form,
    unit_code,
    month,
    version,
    revision,
    situation,
    layout,
    rows,
    warnings,
    recorded_from,
    recorded_to
FROM core.submission
CROSS JOIN (
    SELECT coalesce(nullif(current_setting('huizong.as_of', TRUE), '')::timestamptz, now()) AS as_of
) AS known
WHERE
    status IN ('accepted', 'superseded')
    AND recorded_from <= as_of
    AND (recorded_to IS NULL OR recorded_to > as_of);
