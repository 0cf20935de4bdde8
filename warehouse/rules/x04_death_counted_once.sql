-- code: E-X04
-- at: accident.deaths, disaster.deaths
-- message: 与{hint}是同一天、同一乡镇街道的死亡，一人只能计入一处：属自然灾害的，请把事故核销；属事故的，请从灾情里减去

-- Domain rule X04: a death is counted in F01 or in F11B, never in both. The same death is one in the same town within
-- a day of the beginning of the disaster; an accident that was struck off (核销) or is none of production does not
-- count. Whoever arrives later is asked.
SELECT
    greatest(accident.submission_id, disaster.submission_id) AS submission_id,
    CASE
        WHEN accident.submission_id > disaster.submission_id THEN accident.source_row
        ELSE disaster.source_row
    END AS source_row,
    CASE WHEN accident.submission_id > disaster.submission_id THEN accident.deaths ELSE disaster.deaths END::text
        AS shown,
    CASE
        WHEN accident.submission_id > disaster.submission_id THEN '灾情 ' || disaster.disaster_no
        ELSE '事故 ' || accident.accident_no
    END AS hint
FROM form.accident
INNER JOIN form.disaster
    ON
        accident.town_code = disaster.town_code
        AND accident.occurred_at::date BETWEEN disaster.started_at::date - 1 AND disaster.started_at::date + 1
INNER JOIN arrived ON arrived.submission_id = greatest(accident.submission_id, disaster.submission_id)
WHERE
    accident.deaths > 0
    AND disaster.deaths > 0
    AND accident.is_production
    AND accident.stage <> 'cancelled'
