-- code: W-F05-08
-- at: hazard.description
-- message: 与同一企业30天内的隐患 {hint} 描述完全相同，是否重复填报，请核对

-- Domain rule W-F05-08 between submissions; within one the rule of the form finds it. Asked when the ledger lists the
-- hazard for the first time.
SELECT DISTINCT ON (here.source_id)
    here.submission_id,
    here.source_row,
    here.hazard_no AS shown,
    concat(other.hazard_no, '（', unit.name, '）') AS hint
FROM arrived
INNER JOIN form.hazard AS here ON arrived.submission_id = here.submission_id
INNER JOIN form.hazard AS other
    ON
        here.enterprise_name = other.enterprise_name
        AND here.description = other.description
        AND here.hazard_no <> other.hazard_no
        AND here.submission_id > other.submission_id
        AND other.found_on BETWEEN here.found_on - 30 AND here.found_on + 30
INNER JOIN core.unit ON other.unit_code = unit.code
WHERE
    NOT EXISTS (
        SELECT
        FROM form.hazard AS earlier
        WHERE
            earlier.hazard_no = here.hazard_no
            AND earlier.unit_code = here.unit_code
            AND earlier.month < here.month
    )
ORDER BY
    here.source_id ASC,
    other.source_id ASC
