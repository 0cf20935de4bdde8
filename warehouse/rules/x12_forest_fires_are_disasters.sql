-- code: E-X12
-- at: duty.forest_fires
-- message: 森林火灾 {value} 起，自然灾害情况表里本月发生的森林火灾是 {hint} 起，两处应一致，请核对

-- Domain rule X12, within one submission of F11. A fire that is reported in several stages or towns is one; one that
-- began in another month belongs to that.
WITH listed AS (
    SELECT
        submission_id,
        count(DISTINCT disaster_no) AS fires
    FROM form.disaster
    WHERE
        disaster_type = 'forest_fire'
        AND date_trunc('month', started_at)::date = month
    GROUP BY submission_id
)

SELECT
    duty.submission_id,
    duty.source_row,
    duty.forest_fires::text AS shown,
    coalesce(listed.fires, 0)::text AS hint
FROM arrived
INNER JOIN form.duty ON arrived.submission_id = duty.submission_id
LEFT JOIN listed ON duty.submission_id = listed.submission_id
WHERE duty.forest_fires <> coalesce(listed.fires, 0)
