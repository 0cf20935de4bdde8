-- code: W-P02
-- at: *
-- message: 上月（{value}）的报表还没有收到，该月指标仍计为未报，请补报

-- Domain rule P02: a hole in a unit's months. Only where the form was owed, and the unit has filed it in the half
-- year before: who begins, or begins again after a long pause, has no hole.
SELECT
    arrived.submission_id,
    NULL::int AS source_row,
    to_char(arrived.month - interval '1 month', 'YYYY-MM') AS shown,
    NULL AS hint
FROM arrived
WHERE
    NOT EXISTS (
        SELECT
        FROM core.known_submission AS past
        WHERE
            past.form = arrived.form
            AND past.unit_code = arrived.unit_code
            AND past.month = (arrived.month - interval '1 month')::date
    )
    AND EXISTS (
        SELECT
        FROM core.known_submission AS earlier
        WHERE
            earlier.form = arrived.form
            AND earlier.unit_code = arrived.unit_code
            AND earlier.month >= (arrived.month - interval '6 months')::date
            AND earlier.month < (arrived.month - interval '1 month')::date
    )
    AND EXISTS (
        SELECT
        FROM core.known_obligation AS obligation
        WHERE
            obligation.form = arrived.form
            AND obligation.unit_code = arrived.unit_code
            AND obligation.valid_from < arrived.month
            AND (obligation.valid_to IS NULL OR obligation.valid_to >= arrived.month)
    )
