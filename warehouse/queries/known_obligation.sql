-- Who owes which form as it was known at the time of the setting huizong.as_of; without it, as it is.
CREATE OR REPLACE VIEW core.known_obligation AS
WITH known AS (
    SELECT nullif(current_setting('huizong.as_of', TRUE), '')::timestamptz AS as_of
)

SELECT
    obligation.unit_code,
    obligation.form,
    obligation.valid_from,
    obligation.valid_to
FROM core.obligation
CROSS JOIN known
WHERE
    (known.as_of IS NULL AND obligation.recorded_to IS NULL)
    OR (
        obligation.recorded_from <= known.as_of
        AND (obligation.recorded_to IS NULL OR obligation.recorded_to > known.as_of)
    );
