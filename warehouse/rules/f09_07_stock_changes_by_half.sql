-- code: W-F09-07
-- at: supply.stock
-- message: 库存由 {hint} 变为 {value}，变动超过50%，请确认，并在报送时说明原因

-- Domain rule P-F09-07: "without a note". The form has no column for one, so every such change is asked about.
WITH changed AS (
    SELECT
        here.submission_id,
        here.source_row,
        here.stock,
        latest.stock AS stock_before
    FROM arrived
    INNER JOIN form.supply AS here ON arrived.submission_id = here.submission_id
    CROSS JOIN
        LATERAL (
            SELECT
                past.stock,
                past.unit_of_measure
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
    WHERE latest.unit_of_measure = here.unit_of_measure
)

SELECT
    submission_id,
    source_row,
    trim_scale(stock)::text AS shown,
    trim_scale(stock_before)::text AS hint
FROM changed
WHERE
    stock_before > 0
    AND abs(stock - stock_before) > stock_before * 0.5
