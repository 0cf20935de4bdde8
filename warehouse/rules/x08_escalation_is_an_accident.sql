-- code: E-X08
-- at: incident.escalated_accident_no
-- message: 事故登记表（F01）里{hint}，请先报送或更正事故登记表，再重新报送本表

-- Domain rule X08: an incident that became an accident is in F01 under the number it names, in the same town, at most
-- a day apart.
SELECT
    incident.submission_id,
    incident.source_row,
    incident.escalated_accident_no AS shown,
    CASE
        WHEN EXISTS (
            SELECT
            FROM form.accident
            WHERE accident.accident_no = incident.escalated_accident_no
        ) THEN '编号 ' || incident.escalated_accident_no || ' 的事故不在同一天、同一乡镇街道'
        ELSE '没有编号 ' || incident.escalated_accident_no || ' 的事故'
    END AS hint
FROM arrived
INNER JOIN form.incident ON arrived.submission_id = incident.submission_id
WHERE
    incident.escalated_accident_no IS NOT NULL
    AND NOT EXISTS (
        SELECT
        FROM form.accident
        WHERE
            accident.accident_no = incident.escalated_accident_no
            AND accident.town_code = incident.town_code
            AND accident.occurred_at::date BETWEEN incident.occurred_at::date - 1 AND incident.occurred_at::date + 1
    )
