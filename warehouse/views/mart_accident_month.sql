-- The wide monthly view of accidents: a column an indicator. A new one is added below the last, with its comment.
CREATE OR REPLACE VIEW mart.accident_month AS
SELECT
    unit_code,
    unit_name,
    unit_level,
    start_on AS month, -- noqa: RF04
    max(value) FILTER (WHERE indicator_id = 'accidents') AS accidents,
    max(value) FILTER (WHERE indicator_id = 'deaths') AS deaths,
    max(value) FILTER (WHERE indicator_id = 'serious_injuries') AS serious_injuries,
    max(value) FILTER (WHERE indicator_id = 'injured') AS injured,
    max(value) FILTER (WHERE indicator_id = 'direct_loss') AS direct_loss,
    max(value) FILTER (WHERE indicator_id = 'major_accidents') AS major_accidents,
    max(value) FILTER (WHERE indicator_id = 'fatal_accidents') AS fatal_accidents
FROM mart.figure
WHERE
    period_kind = 'month'
    AND dimension = ''
    AND left(indicator_code, 3) = 'ACC'
GROUP BY
    unit_code,
    unit_name,
    unit_level,
    start_on;

COMMENT ON VIEW mart.accident_month IS
'事故月度宽表，一行一个单位一个月，空为无人报送 [accidents by unit and month; empty: nobody reported]';
COMMENT ON COLUMN mart.accident_month.unit_code IS '单位代码 [unit code]';
COMMENT ON COLUMN mart.accident_month.unit_name IS '单位名称 [name of the unit]';
COMMENT ON COLUMN mart.accident_month.unit_level IS
'单位层级：district 区，township 乡镇街道，other 部门和园区 [level of the unit]';
COMMENT ON COLUMN mart.accident_month.month IS '月份，当月 1 日 [first day of the month]';
COMMENT ON COLUMN mart.accident_month.accidents IS 'ACC01 生产安全事故起数（起）[accidents]';
COMMENT ON COLUMN mart.accident_month.deaths IS 'ACC02 死亡人数（人）[deaths]';
COMMENT ON COLUMN mart.accident_month.serious_injuries IS 'ACC03 重伤人数（人）[serious injuries]';
COMMENT ON COLUMN mart.accident_month.injured IS 'ACC04 受伤人数（人）[injured]';
COMMENT ON COLUMN mart.accident_month.direct_loss IS 'ACC05 直接经济损失（万元）[direct loss]';
COMMENT ON COLUMN mart.accident_month.major_accidents IS
'ACC06 较大及以上事故起数（起）[accidents of grade 较大 and above]';
COMMENT ON COLUMN mart.accident_month.fatal_accidents IS 'ACC07 亡人事故起数（起）[fatal accidents]';
