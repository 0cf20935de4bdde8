-- code: W-F01-10
-- at: accident.deaths
-- message: 伤亡人数（原报{value}）的改变已过法定补报期限（国务院令第493号第十三条）：距事故发生超过 {hint}，请确认

-- Order 493 article 13: casualties change within 30 days of the accident, of road traffic and fire within 7. The last
-- day is the day of the accident and 30 (7) more. The change is of the day on which the report was entered (录入时间), or
-- else arrived. What the same unit said before may be of an earlier month, or of the same one before its correction.
-- The change is kept and does not count, unless no report in force was entered in time (form.counted_accident).
WITH stated AS (
    SELECT
        here.source_id,
        here.submission_id,
        here.source_row,
        here.deaths,
        here.missing_persons,
        here.serious_injuries,
        here.minor_injuries,
        CASE WHEN here.sector IN ('road_transport', 'fire') THEN 7 ELSE 30 END AS days_allowed,
        coalesce(here.entered_at, file.received_at AT TIME ZONE 'Asia/Shanghai')::date - here.occurred_at::date
            AS elapsed,
        past.deaths AS deaths_before,
        past.missing_persons AS missing_before,
        past.serious_injuries AS serious_before,
        past.minor_injuries AS minor_before
    FROM arrived
    INNER JOIN form.accident AS here ON arrived.submission_id = here.submission_id
    INNER JOIN core.submission AS own ON here.submission_id = own.submission_id
    INNER JOIN core.file ON own.file_id = file.file_id
    CROSS JOIN LATERAL (
        SELECT
            accident.*
        FROM form_data.accident
        INNER JOIN core.submission AS earlier ON accident.submission_id = earlier.submission_id
        WHERE
            accident.accident_no = here.accident_no
            AND earlier.unit_code = here.unit_code
            AND earlier.submission_id < here.submission_id
            AND earlier.revision IS NOT NULL
        ORDER BY earlier.submission_id DESC
        LIMIT 1
    ) AS past
)

SELECT
    stated.submission_id,
    stated.source_row,
    concat(
        '死亡 ', stated.deaths_before, '、下落不明 ', stated.missing_before, '、重伤 ', stated.serious_before,
        '、轻伤 ', stated.minor_before
    ) AS shown,
    concat(
        stated.days_allowed,
        CASE
            WHEN counted_accident.accident_no IS NULL THEN ' 日，本次改变留存备查，不计入统计'
            ELSE ' 日，但期限内没有其他有效报告，仍按本次所报计入统计'
        END
    ) AS hint
FROM stated
LEFT JOIN form.counted_accident ON stated.source_id = counted_accident.casualties_source_id
WHERE
    stated.elapsed > stated.days_allowed
    AND (stated.deaths, stated.missing_persons, stated.serious_injuries, stated.minor_injuries)
    IS DISTINCT FROM (
        stated.deaths_before, stated.missing_before, stated.serious_before, stated.minor_before
    )
