-- Accidents that count in the statistics, one row each: a township (where it happened) and a department (whose
-- industry it is) may both report one, and it may be reported again in later months (domain rule X01). The later stage
-- wins, then the department, then the later month. 安监总厅统计〔2016〕80号 article 5: nobody hurt and a loss below
-- 100 万元 does not count, unless somebody wrote why it should.
CREATE OR REPLACE VIEW form.counted_accident AS
WITH latest AS (
    SELECT DISTINCT ON (accident_no)
        source_id,
        accident_no,
        town_code,
        occurred_at,
        is_production,
        deaths,
        missing_persons,
        serious_injuries,
        minor_injuries,
        direct_loss_wan,
        grade,
        stage,
        override_reason
    FROM form.accident
    ORDER BY
        accident_no ASC,
        array_position(ARRAY['flash', 'follow_up', 'verified', 'closed', 'cancelled'], stage) DESC,
        array_position(ARRAY['locality', 'industry'], reporter_role) DESC,
        month DESC,
        source_id DESC
)

SELECT
    source_id,
    accident_no,
    town_code,
    occurred_at::date AS occurred_on,
    deaths,
    serious_injuries,
    minor_injuries,
    direct_loss_wan,
    grade
FROM latest
WHERE
    stage <> 'cancelled'
    AND is_production
    AND (
        deaths + missing_persons + serious_injuries + minor_injuries > 0
        OR direct_loss_wan >= 100
        OR override_reason <> '无'
    );
