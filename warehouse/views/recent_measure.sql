-- What was typed once a month in a report and in those of its unit and form for the six months before, figure by
-- figure. It is asked of reports that have just come: those few are added up, whatever is stored.
CREATE OR REPLACE VIEW form.recent_measure AS
SELECT
    here.submission_id AS of_submission_id,
    past.month,
    past.submission_id = here.submission_id AS is_here,
    figure.table_id,
    figure.field,
    figure.amount
FROM core.known_submission AS here
INNER JOIN core.known_submission AS past
    ON
        here.form = past.form
        AND here.unit_code = past.unit_code
        AND here.month >= past.month
        AND past.month >= (here.month - interval '6 months')::date
CROSS JOIN LATERAL (
    SELECT
        measure.table_id,
        measure.field,
        measure.amount
    FROM form.measure
    WHERE measure.submission_id = past.submission_id
    -- In an order, so that they are looked up report by report: joined, form.measure would add up every report.
    ORDER BY measure.field
) AS figure;
