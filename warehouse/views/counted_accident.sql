-- Accidents that count in the statistics, one row each: a township (where it happened) and a department (whose
-- industry it is) may both report one, and it may be reported again in later months (domain rule X01). The later stage
-- wins, then the department, then the later month. 安监总厅统计〔2016〕80号第五条: nobody hurt and a loss below
-- 100 万元 does not count, unless somebody wrote why it should.
--
-- 国务院令第493号第十三条: casualties change within 30 days of the accident, of road traffic and fire within 7; the
-- last day counts. Of those that were entered (录入时间, or else arrived) by then, the casualties of the report that
-- ranks first count; where none was, those of the report that wins. What a row rests on: ``source_id`` is the report
-- that wins, ``casualties_source_id`` has the casualties, ``grade_source_id`` the grade that follows from what counts.
CREATE OR REPLACE VIEW form.counted_accident AS
WITH told AS (
    SELECT
        accident.source_id,
        accident.accident_no,
        accident.town_code,
        accident.occurred_at,
        accident.is_production,
        accident.deaths,
        accident.missing_persons,
        accident.serious_injuries,
        accident.minor_injuries,
        accident.direct_loss_wan,
        accident.grade,
        accident.stage,
        accident.override_reason,
        coalesce(accident.entered_at, file.received_at AT TIME ZONE 'Asia/Shanghai')::date
        <= accident.occurred_at::date + CASE WHEN accident.sector IN ('road_transport', 'fire') THEN 7 ELSE 30 END
            AS is_in_time,
        row_number() OVER (
            PARTITION BY accident.accident_no
            ORDER BY
                array_position(
                    ARRAY['flash', 'follow_up', 'verified', 'closed', 'cancelled'], accident.stage
                ) DESC,
                array_position(ARRAY['locality', 'industry'], accident.reporter_role) DESC,
                accident.month DESC,
                accident.source_id DESC
        ) AS ranking
    FROM form.accident
    INNER JOIN core.submission ON accident.submission_id = submission.submission_id
    INNER JOIN core.file ON submission.file_id = file.file_id
),

casualties AS (
    SELECT DISTINCT ON (accident_no)
        source_id,
        accident_no,
        deaths,
        missing_persons,
        serious_injuries,
        minor_injuries,
        grade
    FROM told
    ORDER BY
        accident_no ASC,
        is_in_time DESC,
        ranking ASC
),

-- Article 3: the grade is the worst of three, of which the loss is that of the report that wins. Every report says the
-- grade of its own figures, so only those of two reports have to be graded.
counted AS (
    SELECT
        latest.source_id,
        latest.accident_no,
        latest.town_code,
        latest.occurred_at,
        casualties.deaths,
        casualties.missing_persons,
        casualties.serious_injuries,
        casualties.minor_injuries,
        latest.direct_loss_wan,
        latest.override_reason,
        casualties.source_id AS casualties_source_id,
        casualties.grade AS casualties_grade,
        CASE
            WHEN casualties.source_id = latest.source_id THEN latest.grade
            ELSE (
                1 + greatest(
                    width_bucket(casualties.deaths + casualties.missing_persons, ARRAY[3, 10, 30]),
                    width_bucket(casualties.serious_injuries, ARRAY[10, 50, 100]),
                    width_bucket(latest.direct_loss_wan, ARRAY[1000, 5000, 10000]::numeric[])
                )
            )::text
        END AS grade
    FROM told AS latest
    INNER JOIN casualties ON latest.accident_no = casualties.accident_no
    WHERE
        latest.ranking = 1
        AND latest.stage <> 'cancelled'
        AND latest.is_production
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
    grade,
    missing_persons,
    casualties_source_id,
    CASE WHEN grade = casualties_grade THEN casualties_source_id ELSE source_id END AS grade_source_id
FROM counted
WHERE
    deaths + missing_persons + serious_injuries + minor_injuries > 0
    OR direct_loss_wan >= 100
    OR override_reason <> '无';
