-- The wide monthly view of hazards: a column an indicator. A new one is added below the last, with its comment.
CREATE OR REPLACE VIEW mart.hazard_month AS
SELECT
    unit_code,
    unit_name,
    unit_level,
    start_on AS month, -- noqa: RF04
    max(value) FILTER (WHERE indicator_id = 'hazard_rectification_rate') AS hazard_rectification_rate
FROM mart.figure
WHERE
    period_kind = 'month'
    AND dimension = ''
    AND left(indicator_code, 3) = 'HAZ'
GROUP BY
    unit_code,
    unit_name,
    unit_level,
    start_on;

COMMENT ON VIEW mart.hazard_month IS
'隐患月度宽表，一行一个单位一个月，空为无人报送 [hazards by unit and month; empty: nobody reported]';
COMMENT ON COLUMN mart.hazard_month.unit_code IS '单位代码 [unit code]';
COMMENT ON COLUMN mart.hazard_month.unit_name IS '单位名称 [name of the unit]';
COMMENT ON COLUMN mart.hazard_month.unit_level IS
'单位层级：district 区，township 乡镇街道，other 部门和园区 [level of the unit]';
COMMENT ON COLUMN mart.hazard_month.month IS '月份，当月 1 日 [first day of the month]';
COMMENT ON COLUMN mart.hazard_month.hazard_rectification_rate IS
'HAZ04 隐患整改率（%）[rectification rate of hazards]';
