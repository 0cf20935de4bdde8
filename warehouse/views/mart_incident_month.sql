-- The wide monthly view of incidents: a column an indicator. A new one is added below the last, with its comment.
CREATE OR REPLACE VIEW mart.incident_month AS
SELECT
    unit_code,
    unit_name,
    unit_level,
    start_on AS month, -- noqa: RF04
    max(value) FILTER (WHERE indicator_id = 'gas_leaks') AS gas_leaks,
    max(value) FILTER (WHERE indicator_id = 'municipal_gas_leaks') AS municipal_gas_leaks
FROM mart.figure
WHERE
    period_kind = 'month'
    AND dimension = ''
    AND left(indicator_code, 3) = 'INC'
GROUP BY
    unit_code,
    unit_name,
    unit_level,
    start_on;

COMMENT ON VIEW mart.incident_month IS
'突发事件月度宽表，一行一个单位一个月，空为无人报送 [incidents by unit and month; empty: nobody reported]';
COMMENT ON COLUMN mart.incident_month.unit_code IS '单位代码 [unit code]';
COMMENT ON COLUMN mart.incident_month.unit_name IS '单位名称 [name of the unit]';
COMMENT ON COLUMN mart.incident_month.unit_level IS
'单位层级：district 区，township 乡镇街道，other 部门和园区 [level of the unit]';
COMMENT ON COLUMN mart.incident_month.month IS '月份，当月 1 日 [first day of the month]';
COMMENT ON COLUMN mart.incident_month.gas_leaks IS 'INC01 燃气泄漏事件起数（起）[gas leak incidents]';
COMMENT ON COLUMN mart.incident_month.municipal_gas_leaks IS
'INC02 市政工程施工致燃气泄漏事件起数（起）[gas leak incidents caused by municipal works]';
