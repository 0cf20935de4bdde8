-- Reporting discipline: what every unit owed for a month, whether it came, and whether in time.
CREATE OR REPLACE VIEW mart.reporting AS
WITH owed AS (
    SELECT DISTINCT
        obligation.unit_code,
        obligation.form,
        known_month.month
    FROM core.known_obligation AS obligation
    INNER JOIN core.known_unit AS unit ON obligation.unit_code = unit.code
    INNER JOIN form.known_month
        ON
            obligation.valid_from <= known_month.month
            AND (obligation.valid_to IS NULL OR obligation.valid_to > known_month.month)
            AND unit.valid_from <= known_month.month
            AND (unit.valid_to IS NULL OR unit.valid_to > known_month.month)
),

arrived AS (
    SELECT
        submission.unit_code,
        submission.form,
        submission.month,
        min(file.received_at) AS first_received_at,
        bool_or(submission.status = 'held') AS is_held,
        max(audit.recorded_at) FILTER (WHERE submission.status = 'withdrawn') AS withdrawn_at,
        -- A held report is sent back by the act that should have released it.
        max(coalesce(audit.recorded_at, submission.recorded_from))
        FILTER (WHERE submission.status = 'rejected') AS rejected_at
    FROM core.submission
    INNER JOIN core.file ON submission.file_id = file.file_id
    LEFT JOIN core.audit ON submission.audit_id = audit.audit_id
    WHERE
        submission.unit_code IS NOT NULL
        AND submission.month IS NOT NULL
    GROUP BY
        submission.unit_code,
        submission.form,
        submission.month
)

SELECT
    owed.unit_code,
    unit.name AS unit_name,
    unit.level AS unit_level,
    owed.form,
    form.code AS form_code,
    form.title AS form_title,
    owed.month,
    CASE
        WHEN known.situation = 'data' THEN 'received'
        WHEN known.situation IS NOT NULL THEN known.situation
        WHEN arrived.is_held THEN 'held'
        -- The last that happened: what was sent back before a withdrawal does not hide it.
        WHEN arrived.withdrawn_at > coalesce(arrived.rejected_at, '-infinity') THEN 'withdrawn'
        WHEN arrived.rejected_at IS NOT NULL THEN 'rejected'
        ELSE 'missing'
    END AS state,
    due_day.due_at,
    arrived.first_received_at,
    arrived.first_received_at > due_day.due_at AS is_late,
    coalesce(known.rows, 0) AS rows, -- noqa: RF04
    known.revision
FROM owed
INNER JOIN core.unit ON owed.unit_code = unit.code
INNER JOIN core.form ON owed.form = form.id
LEFT JOIN core.due_day ON owed.form = due_day.form AND owed.month = due_day.month
LEFT JOIN core.known_submission AS known
    ON
        owed.unit_code = known.unit_code
        AND owed.form = known.form
        AND owed.month = known.month
LEFT JOIN arrived
    ON
        owed.unit_code = arrived.unit_code
        AND owed.form = arrived.form
        AND owed.month = arrived.month;

COMMENT ON VIEW mart.reporting IS
'报送情况，一行一个单位一张报表一个月 [reporting discipline: one line per unit, form and month that is owed]';
COMMENT ON COLUMN mart.reporting.unit_code IS '单位代码 [unit code]';
COMMENT ON COLUMN mart.reporting.unit_name IS '单位名称 [name of the unit]';
COMMENT ON COLUMN mart.reporting.unit_level IS
'单位层级：district 区，township 乡镇街道，other 部门和园区 [level of the unit]';
COMMENT ON COLUMN mart.reporting.form IS '报表标识 [form id]';
COMMENT ON COLUMN mart.reporting.form_code IS '报表编号 [code of the form, e.g. F01]';
COMMENT ON COLUMN mart.reporting.form_title IS '报表名称 [title of the form]';
COMMENT ON COLUMN mart.reporting.month IS '所属月份，当月 1 日 [month, its first day]';
COMMENT ON COLUMN mart.reporting.state IS
'状态：received 已报，zero 零报告，unchanged 无变化，held 封账待处理，rejected 退回，withdrawn 已撤回，missing 未报 [state]';
COMMENT ON COLUMN mart.reporting.due_at IS
'报送截止时间，没有该年放假安排时为空 [due; empty without that year''s calendar of holidays]';
COMMENT ON COLUMN mart.reporting.first_received_at IS
'首次收到的时间，含被退回的 [first arrival, accepted or not]';
COMMENT ON COLUMN mart.reporting.is_late IS
'首次收到是否迟于截止时间，未收到为空 [first arrival after it was due; empty: none]';
COMMENT ON COLUMN mart.reporting.rows IS '现行报表的行数 [rows of the report in force]';
COMMENT ON COLUMN mart.reporting.revision IS '现行报表是第几次报送 [revision in force]';
