-- The submissions that were the current ones at the time of the setting huizong.as_of; without it, that are. The
-- setting stands in the conditions themselves: joined as a relation, it kept plans from looking a submission up by its
-- number.
CREATE OR REPLACE VIEW core.known_submission AS
SELECT
    submission_id,
    file_id,
    form,
    unit_code,
    month, -- noqa: RF04
    version,
    revision,
    situation,
    layout,
    rows, -- noqa: RF04
    warnings,
    recorded_from,
    recorded_to
FROM core.submission
WHERE
    status IN ('accepted', 'superseded', 'withdrawn')
    AND recorded_from <= coalesce(nullif(current_setting('huizong.as_of', TRUE), '')::timestamptz, 'infinity')
    AND (
        recorded_to IS NULL
        OR recorded_to > coalesce(nullif(current_setting('huizong.as_of', TRUE), '')::timestamptz, 'infinity')
    );
