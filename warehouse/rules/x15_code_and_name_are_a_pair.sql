-- code: W-X15
-- at: accident.uscc, hazard.uscc, penalty.uscc
-- message: 信用代码 {value} 在风险分级管控清单（F13）里是「{hint}」，与本表的名称不同，请核对

-- Code and name are checked as a pair: F13 says which enterprise has a code. Any name that it had up to the month
-- will do, and of a ledger only hazards are asked about that it lists for the first time.
WITH named AS (
    SELECT
        accident.submission_id,
        accident.source_row,
        accident.month,
        accident.uscc,
        accident.enterprise_name AS firm
    FROM arrived
    INNER JOIN form.accident ON arrived.submission_id = accident.submission_id
    UNION ALL
    SELECT
        penalty.submission_id,
        penalty.source_row,
        penalty.month,
        penalty.uscc,
        penalty.party_name AS firm
    FROM arrived
    INNER JOIN form.penalty ON arrived.submission_id = penalty.submission_id
    UNION ALL
    SELECT
        hazard.submission_id,
        hazard.source_row,
        hazard.month,
        hazard.uscc,
        hazard.enterprise_name AS firm
    FROM arrived
    INNER JOIN form.hazard ON arrived.submission_id = hazard.submission_id
    WHERE
        NOT EXISTS (
            SELECT
            FROM form.hazard AS earlier
            WHERE
                earlier.hazard_no = hazard.hazard_no
                AND earlier.unit_code = hazard.unit_code
                AND earlier.month < hazard.month
        )
),

-- A ledger says the same names month after month: each is compared once.
name_of_code AS MATERIALIZED (
    SELECT
        risk.uscc,
        core.squeezed(risk.enterprise_name) AS squeezed_name,
        min(risk.month) AS since
    FROM form.risk
    WHERE risk.uscc IN (SELECT named.uscc FROM named)
    GROUP BY
        risk.uscc,
        core.squeezed(risk.enterprise_name)
),

unnamed AS (
    SELECT
        named.*
    FROM named
    WHERE
        EXISTS (
            SELECT
            FROM name_of_code
            WHERE
                name_of_code.uscc = named.uscc
                AND name_of_code.since <= named.month
        )
        AND NOT EXISTS (
            SELECT
            FROM name_of_code
            WHERE
                name_of_code.uscc = named.uscc
                AND name_of_code.since <= named.month
                AND name_of_code.squeezed_name = core.squeezed(named.firm)
        )
)

SELECT
    unnamed.submission_id,
    unnamed.source_row,
    unnamed.uscc AS shown,
    (array_agg(risk.enterprise_name ORDER BY risk.month DESC, risk.source_id DESC))[1] AS hint
FROM unnamed
INNER JOIN form.risk
    ON
        unnamed.uscc = risk.uscc
        AND unnamed.month >= risk.month
GROUP BY
    unnamed.submission_id,
    unnamed.source_row,
    unnamed.uscc,
    unnamed.firm
