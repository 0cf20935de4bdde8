-- code: E-F09-04
-- at: supply.unit_of_measure
-- message: 计量单位由「{hint}」改成了「{value}」，同一物资各月应一致，请改回，数量一并换算

-- Domain rule E-F09-04: the same supplies of the same store are counted in the unit of the snapshot before.
WITH latest AS (
    SELECT DISTINCT ON (here.source_id)
        here.submission_id,
        here.source_row,
        here.unit_of_measure,
        past.unit_of_measure AS unit_before
    FROM arrived
    INNER JOIN form.supply AS here ON arrived.submission_id = here.submission_id
    INNER JOIN form.supply AS past
        ON
            here.unit_code = past.unit_code
            AND here.month > past.month
            AND here.warehouse = past.warehouse
            AND here.item_name = past.item_name
            AND here.spec IS NOT DISTINCT FROM past.spec
    ORDER BY
        here.source_id ASC,
        past.month DESC,
        past.source_row ASC
)

SELECT
    submission_id,
    source_row,
    unit_of_measure AS shown,
    unit_before AS hint
FROM latest
WHERE unit_of_measure <> unit_before
