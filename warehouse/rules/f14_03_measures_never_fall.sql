-- code: E-F14-03
-- at: campaign.measures_done
-- message: 已完成的制度措施不能减少：本表 {value} 条，{hint}，请核对

-- Domain rule P-F14-03: within a campaign and its sub-plan measures stay done. Of two months that contradict each
-- other the one that arrived later is asked.
SELECT DISTINCT ON (here.source_id)
    here.submission_id,
    here.source_row,
    here.measures_done::text AS shown,
    concat(to_char(other.month, 'YYYY-MM'), ' 为 ', other.measures_done, ' 条') AS hint
FROM arrived
INNER JOIN form.campaign AS here ON arrived.submission_id = here.submission_id
INNER JOIN form.campaign AS other
    ON
        here.unit_code = other.unit_code
        AND here.campaign_code = other.campaign_code
        AND here.subplan_code IS NOT DISTINCT FROM other.subplan_code
        AND here.source_id > other.source_id
WHERE
    (other.month < here.month AND other.measures_done > here.measures_done)
    OR (other.month > here.month AND other.measures_done < here.measures_done)
ORDER BY
    here.source_id ASC,
    other.month DESC
