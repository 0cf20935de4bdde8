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
)

SELECT
    named.submission_id,
    named.source_row,
    named.uscc AS shown,
    (array_agg(risk.enterprise_name ORDER BY risk.month DESC, risk.source_id DESC))[1] AS hint
FROM named
INNER JOIN form.risk
    ON
        named.uscc = risk.uscc
        AND named.month >= risk.month
GROUP BY
    named.submission_id,
    named.source_row,
    named.uscc,
    named.firm
HAVING NOT bool_or(core.squeezed(risk.enterprise_name) = core.squeezed(named.firm))
