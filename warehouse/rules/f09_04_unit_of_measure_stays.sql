-- code: E-F09-04
-- at: supply.unit_of_measure
-- message: 计量单位由「{hint}」改成了「{value}」，同一物资各月应一致，请改回，数量一并换算

-- Domain rule E-F09-04: the same supplies of the same store are counted in the unit of the snapshot before.
WITH changed AS (
    SELECT
        here.submission_id,
        here.source_row,
        here.unit_of_measure,
        latest.unit_of_measure AS unit_before
    FROM arrived
    INNER JOIN form.supply AS here ON arrived.submission_id = here.submission_id
    CROSS JOIN LATERAL (
        SELECT past.unit_of_measure
        FROM form.supply AS past
        WHERE
            past.unit_code = here.unit_code
            AND past.month < here.month
            AND past.warehouse = here.warehouse
            AND past.item_name = here.item_name
            AND past.spec IS NOT DISTINCT FROM here.spec
        ORDER BY
            past.month DESC,
            past.source_row ASC
        LIMIT 1
    ) AS latest
)

SELECT
    submission_id,
    source_row,
    unit_of_measure AS shown,
    unit_before AS hint
FROM changed
WHERE unit_of_measure <> unit_before
