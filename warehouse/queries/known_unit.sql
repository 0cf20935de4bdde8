-- The versions of the units as they were known at the time of the setting huizong.as_of; without it, as they are.
CREATE OR REPLACE VIEW core.known_unit AS
WITH known AS (
    SELECT nullif(current_setting('huizong.as_of', TRUE), '')::timestamptz AS as_of
)

SELECT
    unit_version.code,
    unit_version.valid_from,
    unit_version.valid_to,
    unit_version.name,
    unit_version.kind,
    unit_version.level,
    unit_version.parent,
    unit_version.successors
FROM core.unit_version
CROSS JOIN known
WHERE
    (known.as_of IS NULL AND unit_version.recorded_to IS NULL)
    OR (
        unit_version.recorded_from <= known.as_of
        AND (unit_version.recorded_to IS NULL OR unit_version.recorded_to > known.as_of)
    );
