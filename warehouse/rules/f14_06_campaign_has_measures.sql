-- code: W-F14-06
-- at: campaign.measures_total
-- message: {value}连续三个月没有制度措施清单，请填报或说明

-- Domain rule W-F14-06: no list of measures in three months running, the last of which arrived now.
SELECT
    here.submission_id,
    here.source_row,
    concat_ws('、', to_char(earliest.month, 'YYYY-MM'), to_char(middle.month, 'YYYY-MM'), to_char(here.month, 'YYYY-MM'))
        AS shown,
    NULL AS hint
FROM arrived
INNER JOIN form.campaign AS here ON arrived.submission_id = here.submission_id
INNER JOIN form.campaign AS middle
    ON
        here.unit_code = middle.unit_code
        AND here.campaign_code = middle.campaign_code
        AND here.subplan_code IS NOT DISTINCT FROM middle.subplan_code
        AND middle.month = (here.month - interval '1 month')::date
        AND middle.measures_total = 0
INNER JOIN form.campaign AS earliest
    ON
        here.unit_code = earliest.unit_code
        AND here.campaign_code = earliest.campaign_code
        AND here.subplan_code IS NOT DISTINCT FROM earliest.subplan_code
        AND earliest.month = (here.month - interval '2 months')::date
        AND earliest.measures_total = 0
WHERE here.measures_total = 0
