-- The accidents that count, one line each: neither the name of one, which often has a firm or a person in it, nor of
-- where it worked. Casualties and the grade are those that count, which may be of an earlier report than the rest.
CREATE OR REPLACE VIEW mart.accident AS
SELECT
    accident.accident_no,
    counted_accident.occurred_on,
    date_trunc('month', counted_accident.occurred_on)::date AS month, -- noqa: RF04
    accident.place,
    accident.town_code,
    unit.name AS town_name,
    accident.industry_section,
    accident.sector,
    sector.name AS sector_name,
    accident.accident_type,
    type_code.name AS accident_type_name,
    counted_accident.grade,
    grade.name AS grade_name,
    accident.stage,
    stage_code.name AS stage_name,
    counted_accident.deaths,
    counted_accident.missing_persons,
    counted_accident.serious_injuries,
    counted_accident.minor_injuries,
    accident.direct_loss_wan
FROM form.counted_accident
INNER JOIN form.accident ON counted_accident.source_id = accident.source_id
INNER JOIN core.unit ON accident.town_code = unit.code
LEFT JOIN core.code AS sector
    ON
        sector.list = 'sector'
        AND accident.sector = sector.code
        AND (sector.valid_from IS NULL OR counted_accident.occurred_on >= sector.valid_from)
        AND (sector.valid_to IS NULL OR counted_accident.occurred_on < sector.valid_to)
LEFT JOIN core.code AS type_code
    ON
        type_code.list = 'accident_type'
        AND accident.accident_type = type_code.code
        AND (type_code.valid_from IS NULL OR counted_accident.occurred_on >= type_code.valid_from)
        AND (type_code.valid_to IS NULL OR counted_accident.occurred_on < type_code.valid_to)
LEFT JOIN core.code AS grade ON grade.list = 'accident.grade' AND counted_accident.grade = grade.code
LEFT JOIN core.code AS stage_code ON stage_code.list = 'accident.stage' AND accident.stage = stage_code.code;

COMMENT ON VIEW mart.accident IS
'计入统计的事故，一行一起，不含姓名和单位名称 [accidents that count, one line each, without names]';
COMMENT ON COLUMN mart.accident.accident_no IS '事故编号 [number of the accident]';
COMMENT ON COLUMN mart.accident.occurred_on IS '发生日期 [day on which it happened]';
COMMENT ON COLUMN mart.accident.month IS '发生月份，当月 1 日 [month in which it happened, its first day]';
COMMENT ON COLUMN mart.accident.place IS '发生地点 [place]';
COMMENT ON COLUMN mart.accident.town_code IS '所在乡镇街道代码 [code of the township]';
COMMENT ON COLUMN mart.accident.town_name IS '所在乡镇街道 [township]';
COMMENT ON COLUMN mart.accident.industry_section IS
'行业门类代码，见 mart.code 的 industry_section [section of industry]';
COMMENT ON COLUMN mart.accident.sector IS '行业领域代码 [code of the sector]';
COMMENT ON COLUMN mart.accident.sector_name IS '行业领域 [sector]';
COMMENT ON COLUMN mart.accident.accident_type IS
'事故类别代码，按发生时的标准 [type, code of the standard of that day]';
COMMENT ON COLUMN mart.accident.accident_type_name IS '事故类别 [type of the accident]';
COMMENT ON COLUMN mart.accident.grade IS '事故等级代码：1 一般，2 较大，3 重大，4 特别重大 [grade]';
COMMENT ON COLUMN mart.accident.grade_name IS '事故等级 [grade of the accident]';
COMMENT ON COLUMN mart.accident.stage IS '报告阶段代码 [stage of the report, code]';
COMMENT ON COLUMN mart.accident.stage_name IS '报告阶段 [stage of the report]';
COMMENT ON COLUMN mart.accident.deaths IS '死亡人数，超过法定补报期限的改变不计 [deaths, without late changes]';
COMMENT ON COLUMN mart.accident.missing_persons IS '下落不明人数，超期的改变不计 [missing persons, without late changes]';
COMMENT ON COLUMN mart.accident.serious_injuries IS '重伤人数，超期的改变不计 [serious injuries, without late changes]';
COMMENT ON COLUMN mart.accident.minor_injuries IS '轻伤人数，超期的改变不计 [minor injuries, without late changes]';
COMMENT ON COLUMN mart.accident.direct_loss_wan IS '直接经济损失，万元 [direct loss, 10,000 yuan]';
