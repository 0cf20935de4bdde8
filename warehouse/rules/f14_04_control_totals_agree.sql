-- code: W-F14-04
-- at: campaign, inspection, hazard
-- message: 专项行动「{value}」的核对数与{hint}，请核对

-- Domain rule W-F14-04, of one unit and month: the control totals of F14 are what F03 (visits) and F05 (hazards found
-- and rectified in the month) say of the same campaign. Each is judged when both its forms have come; whoever came
-- later is asked. A total that was left blank is none.
WITH control AS (
    SELECT
        submission_id,
        unit_code,
        month,
        campaign_code,
        min(source_row) AS source_row,
        sum(ctl_visits) AS visits,
        sum(ctl_hazards) AS hazards,
        sum(ctl_fixed) AS fixed
    FROM form.campaign
    GROUP BY
        submission_id,
        unit_code,
        month,
        campaign_code
),

paired AS (
    SELECT
        control.*,
        other.form,
        other.submission_id AS other_id
    FROM control
    INNER JOIN core.known_submission AS other
        ON
            control.unit_code = other.unit_code
            AND control.month = other.month
            AND other.form IN ('inspection', 'hazard')
    INNER JOIN arrived ON arrived.submission_id = greatest(control.submission_id, other.submission_id)
),

visited AS (
    SELECT
        paired.submission_id,
        paired.other_id,
        paired.campaign_code,
        sum(inspection.visits) AS visits
    FROM paired
    INNER JOIN form.inspection
        ON
            paired.other_id = inspection.submission_id
            AND paired.campaign_code = inspection.campaign_code
    GROUP BY
        paired.submission_id,
        paired.other_id,
        paired.campaign_code
),

listed AS (
    SELECT
        paired.submission_id,
        paired.other_id,
        paired.campaign_code,
        count(*) FILTER (WHERE date_trunc('month', hazard.found_on) = paired.month) AS hazards,
        count(*) FILTER (WHERE date_trunc('month', hazard.fixed_on) = paired.month) AS fixed
    FROM paired
    INNER JOIN form.hazard
        ON
            paired.other_id = hazard.submission_id
            AND paired.campaign_code = hazard.campaign_code
    GROUP BY
        paired.submission_id,
        paired.other_id,
        paired.campaign_code
),

compared AS (
    SELECT
        paired.*,
        total.field,
        total.label,
        total.said,
        total.counted
    FROM paired
    LEFT JOIN visited
        ON
            paired.submission_id = visited.submission_id
            AND paired.other_id = visited.other_id
            AND paired.campaign_code = visited.campaign_code
    LEFT JOIN listed
        ON
            paired.submission_id = listed.submission_id
            AND paired.other_id = listed.other_id
            AND paired.campaign_code = listed.campaign_code
    CROSS JOIN
        LATERAL (
            VALUES
            ('inspection', 'ctl_visits', '检查家次', paired.visits, visited.visits),
            ('hazard', 'ctl_hazards', '排查隐患', paired.hazards, listed.hazards),
            ('hazard', 'ctl_fixed', '已整改隐患', paired.fixed, listed.fixed)
        ) AS total (form, field, label, said, counted)
    WHERE
        total.form = paired.form
        AND total.said <> coalesce(total.counted, 0)
)

SELECT
    greatest(compared.submission_id, compared.other_id) AS submission_id,
    CASE WHEN compared.submission_id > compared.other_id THEN compared.source_row END AS source_row,
    CASE WHEN compared.submission_id > compared.other_id THEN compared.field END AS field,
    code.name AS shown,
    concat(
        CASE compared.form WHEN 'inspection' THEN '检查报表（F03）' ELSE '隐患台账（F05）' END,
        '不一致：', compared.label, ' ', compared.said, '，应为 ', coalesce(compared.counted, 0)
    ) AS hint
FROM compared
INNER JOIN core.code ON code.list = 'campaign' AND compared.campaign_code = code.code
