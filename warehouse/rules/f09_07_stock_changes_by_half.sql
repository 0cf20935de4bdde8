-- code: W-F09-07
-- at: supply.stock
-- message: 库存由 {hint} 变为 {value}，变动超过50%，请确认，并在报送时说明原因

-- Domain rule P-F09-07: "without a note". The form has no column for one, so every such change is asked about.
WITH latest AS (
    SELECT DISTINCT ON (here.source_id)
        here.submission_id,
        here.source_row,
        here.stock,
        here.unit_of_measure,
        past.stock AS stock_before,
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
    trim_scale(stock)::text AS shown,
    trim_scale(stock_before)::text AS hint
FROM latest
WHERE
    unit_of_measure = unit_before
    AND stock_before > 0
    AND abs(stock - stock_before) > stock_before * 0.5
