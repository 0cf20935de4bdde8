-- The wide monthly view of trainings, officers and communities: a column an indicator.
-- A new one is added below the last, with its comment.
CREATE OR REPLACE VIEW mart.training_month AS
SELECT
    unit_code,
    unit_name,
    unit_level,
    start_on AS month, -- noqa: RF04
    max(value) FILTER (WHERE indicator_id = 'district_trainings') AS district_trainings,
    max(value) FILTER (WHERE indicator_id = 'trainings') AS trainings,
    max(value) FILTER (WHERE indicator_id = 'officer_training_coverage') AS officer_training_coverage,
    max(value) FILTER (WHERE indicator_id = 'officer_full_coverage') AS officer_full_coverage,
    max(value) FILTER (WHERE indicator_id = 'community_applications') AS community_applications
FROM mart.figure
WHERE
    period_kind = 'month'
    AND dimension = ''
    AND left(indicator_code, 3) IN ('TRN', 'OFF', 'COM')
GROUP BY
    unit_code,
    unit_name,
    unit_level,
    start_on;

COMMENT ON VIEW mart.training_month IS
'培训、灾害信息员和减灾示范社区月度宽表，一行一个单位一个月，空为无人报送 [trainings, officers and communities by unit and month; empty: nobody reported]';
COMMENT ON COLUMN mart.training_month.unit_code IS '单位代码 [unit code]';
COMMENT ON COLUMN mart.training_month.unit_name IS '单位名称 [name of the unit]';
COMMENT ON COLUMN mart.training_month.unit_level IS
'单位层级：district 区，township 乡镇街道，other 部门和园区 [level of the unit]';
COMMENT ON COLUMN mart.training_month.month IS '月份，当月 1 日 [first day of the month]';
COMMENT ON COLUMN mart.training_month.district_trainings IS
'TRN01 安全知识培训次数（区级举办）（次）[safety trainings held by the bureau]';
COMMENT ON COLUMN mart.training_month.trainings IS 'TRN02 各级安全培训场次（场次）[trainings, all levels]';
COMMENT ON COLUMN mart.training_month.officer_training_coverage IS
'OFF02 灾害信息员培训覆盖率（分级）（%）[training coverage of disaster information officers]';
COMMENT ON COLUMN mart.training_month.officer_full_coverage IS
'OFF03 三级信息员培训全覆盖（是/否）[disaster information officers of all three levels trained]';
COMMENT ON COLUMN mart.training_month.community_applications IS
'COM01 综合减灾示范社区申报数（家）[model communities applied]';
