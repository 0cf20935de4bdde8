-- The reports that took the place of one whose figures had been published, as known at the setting huizong.as_of. What
-- a backfill let in is no revision by its unit.
CREATE OR REPLACE VIEW core.known_revision AS
SELECT
    later.submission_id,
    later.form,
    later.unit_code,
    later.month
FROM core.submission AS later
INNER JOIN core.submission AS earlier
    ON
        later.form = earlier.form
        AND later.unit_code = earlier.unit_code
        AND later.month = earlier.month
        AND later.recorded_from = earlier.recorded_to
WHERE
    later.recorded_from <= coalesce(nullif(current_setting('huizong.as_of', TRUE), '')::timestamptz, 'infinity')
    AND later.revision IS NOT NULL
    AND earlier.revision IS NOT NULL
    AND NOT EXISTS (
        SELECT
        FROM core.audit
        WHERE
            audit.audit_id = later.audit_id
            AND audit.what = 'backfill'
    )
    AND EXISTS (
        SELECT
        FROM mart.publication
        WHERE
            publication.published_at >= earlier.recorded_from
            AND publication.published_at < later.recorded_from
    );
