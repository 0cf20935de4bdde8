-- Major hazards that were not closed when they were last listed, as on the day after the latest month. Neither free
-- text nor a name of a firm or person: the number of a hazard leads to its ledger.
CREATE OR REPLACE VIEW mart.open_major_hazard AS
WITH today AS (
    SELECT (max(known_month.month) + interval '1 month')::date AS as_of_on
    FROM form.known_month
)

SELECT
    hazard.hazard_no,
    hazard.unit_code,
    reporter.name AS unit_name,
    hazard.town_code,
    town.name AS town_name,
    hazard.sector,
    sector.name AS sector_name,
    hazard.source,
    hazard.status,
    hazard.supervision_level,
    hazard.funds_wan,
    hazard.found_on,
    hazard.due_on,
    hazard.extensions,
    hazard.month AS listed_in,
    today.as_of_on,
    greatest(today.as_of_on - hazard.due_on, 0) AS overdue_days
FROM form.counted_hazard
INNER JOIN form.hazard ON counted_hazard.source_id = hazard.source_id
INNER JOIN core.unit AS reporter ON hazard.unit_code = reporter.code
LEFT JOIN core.unit AS town ON hazard.town_code = town.code
LEFT JOIN core.code AS sector ON sector.list = 'sector' AND hazard.sector = sector.code AND sector.valid_to IS NULL
CROSS JOIN today
WHERE
    hazard.level = 'major'
    AND hazard.status <> 'closed';

COMMENT ON VIEW mart.open_major_hazard IS
'未销号的重大事故隐患，截至最新报送月份之末 [major hazards not closed, as on the day after the latest month]';
COMMENT ON COLUMN mart.open_major_hazard.hazard_no IS '隐患编号 [number of the hazard]';
COMMENT ON COLUMN mart.open_major_hazard.unit_code IS '填报单位代码 [code of the unit that reports it]';
COMMENT ON COLUMN mart.open_major_hazard.unit_name IS '填报单位名称 [name of the unit that reports it]';
COMMENT ON COLUMN mart.open_major_hazard.town_code IS '所在乡镇街道代码 [code of the township]';
COMMENT ON COLUMN mart.open_major_hazard.town_name IS '所在乡镇街道 [township]';
COMMENT ON COLUMN mart.open_major_hazard.sector IS '行业领域代码 [code of the sector]';
COMMENT ON COLUMN mart.open_major_hazard.sector_name IS '行业领域 [sector]';
COMMENT ON COLUMN mart.open_major_hazard.source IS
'隐患来源代码，见 mart.code 的 hazard.source [how it was found, code]';
COMMENT ON COLUMN mart.open_major_hazard.status IS
'状态代码：open 未整改，in_progress 整改中，to_verify 待验收 [status]';
COMMENT ON COLUMN mart.open_major_hazard.supervision_level IS
'挂牌督办代码：none 无，district 区级，city 市级，province 省级 [level of supervision]';
COMMENT ON COLUMN mart.open_major_hazard.funds_wan IS '整改资金，万元 [funds, 10,000 yuan]';
COMMENT ON COLUMN mart.open_major_hazard.found_on IS '排查日期 [found on]';
COMMENT ON COLUMN mart.open_major_hazard.due_on IS '整改时限，按最近一次所报 [due on, as last reported]';
COMMENT ON COLUMN mart.open_major_hazard.extensions IS '延期次数 [extensions]';
COMMENT ON COLUMN mart.open_major_hazard.listed_in IS
'最近一次列入台账的月份 [month of the last ledger that lists it]';
COMMENT ON COLUMN mart.open_major_hazard.as_of_on IS
'截至日，不含：最新报送月份的次月 1 日 [as on: the day after the latest month]';
COMMENT ON COLUMN mart.open_major_hazard.overdue_days IS
'超过时限的天数，未超为 0 [days overdue; 0: not yet due]';
