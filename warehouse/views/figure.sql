-- The long view: every published value with its names, one line each.
CREATE OR REPLACE VIEW mart.figure AS
SELECT
    indicator.code AS indicator_code,
    value.indicator_id,
    indicator.name AS indicator_name,
    indicator.unit AS measure,
    indicator.better,
    indicator.decimals,
    value.unit_code,
    unit.name AS unit_name,
    unit.level AS unit_level,
    value.period_kind,
    CASE
        WHEN value.period_kind = 'month' THEN to_char(value.start_on, 'YYYY-MM')
        WHEN value.period_kind = 'quarter' THEN to_char(value.start_on, 'YYYY-"Q"Q')
        WHEN value.period_kind = 'half_year' AND extract(MONTH FROM value.start_on) = 1
            THEN to_char(value.start_on, 'YYYY-"H1"')
        WHEN value.period_kind = 'half_year' THEN to_char(value.start_on, 'YYYY-"H2"')
        WHEN value.period_kind = 'year' THEN to_char(value.start_on, 'YYYY')
        WHEN value.period_kind = 'year_to_date' THEN to_char(value.end_on - 1, 'YYYY-MM"-ytd"')
    END AS period,
    value.start_on,
    value.end_on,
    value.dimension,
    value.member,
    coalesce(member_code.name, member_form.title) AS member_name,
    value.numerator,
    value.denominator,
    value.value, -- noqa: RF04
    value.year_ago,
    value.change, -- noqa: RF04
    value.change_rate,
    value.previous,
    value.reports_expected,
    value.reports_received,
    value.publication_id,
    publication.published_at,
    value.reports_on_time
FROM mart.indicator_value AS value -- noqa: RF04
INNER JOIN mart.indicator ON value.indicator_id = indicator.id
INNER JOIN core.unit ON value.unit_code = unit.code
INNER JOIN mart.publication ON value.publication_id = publication.publication_id
-- A list of its own is named by table and column, a shared one as its column is, or nearly so.
LEFT JOIN LATERAL (
    SELECT code.name -- noqa: RF04
    FROM core.code
    WHERE
        value.dimension <> ''
        AND code.code = value.member
        AND (
            code.list IN (value.dimension, regexp_replace(value.dimension, '_code$', ''))
            OR code.list IN (
                SELECT given.source_table || '.' || value.dimension
                FROM unnest(indicator.source) AS given (source_table)
            )
        )
    ORDER BY
        (code.valid_from IS NULL OR code.valid_from < value.end_on) DESC,
        code.valid_from DESC NULLS LAST
    LIMIT 1
) AS member_code ON TRUE
LEFT JOIN core.form AS member_form ON value.dimension = 'form' AND value.member = member_form.id;

COMMENT ON VIEW mart.figure IS
'指标值长表，附名称，一行一个已发布的值 [long view: one line per published value, with its names]';
COMMENT ON COLUMN mart.figure.indicator_code IS '指标编号 [code in the catalogue, e.g. ACC01]';
COMMENT ON COLUMN mart.figure.indicator_id IS '指标标识 [indicator id]';
COMMENT ON COLUMN mart.figure.indicator_name IS '指标名称 [name of the indicator]';
COMMENT ON COLUMN mart.figure.measure IS '计量单位 [unit of measure]';
COMMENT ON COLUMN mart.figure.better IS '好的方向：lower 低好，higher 高好，none 不分 [better]';
COMMENT ON COLUMN mart.figure.decimals IS '小数位数 [decimals shown]';
COMMENT ON COLUMN mart.figure.unit_code IS '单位代码 [unit code]';
COMMENT ON COLUMN mart.figure.unit_name IS '单位名称 [name of the unit]';
COMMENT ON COLUMN mart.figure.unit_level IS
'单位层级：district 区，township 乡镇街道，other 部门和园区 [level of the unit]';
COMMENT ON COLUMN mart.figure.period_kind IS
'期间类型：month 月，quarter 季，half_year 半年，year 年，year_to_date 年初至今 [period kind]';
COMMENT ON COLUMN mart.figure.period IS '期间，如 2021-03、2021-Q1、2021-H1、2021、2021-03-ytd [period]';
COMMENT ON COLUMN mart.figure.start_on IS '期间起始日，含 [first day of the period]';
COMMENT ON COLUMN mart.figure.end_on IS '期间截止日，不含 [day after the period]';
COMMENT ON COLUMN mart.figure.dimension IS '分组维度，空为合计 [breakdown dimension; empty: the whole]';
COMMENT ON COLUMN mart.figure.member IS '分组成员代码，空为合计 [breakdown member; empty: the whole]';
COMMENT ON COLUMN mart.figure.member_name IS '分组成员名称 [name of the breakdown member]';
COMMENT ON COLUMN mart.figure.numerator IS '分子 [numerator]';
COMMENT ON COLUMN mart.figure.denominator IS '分母，非比率指标为空 [denominator; empty unless a ratio]';
COMMENT ON COLUMN mart.figure.value IS
'指标值，空为无人报送或没有分母 [value; empty: nobody reported, or no denominator]';
COMMENT ON COLUMN mart.figure.year_ago IS '去年同期值 [value of the same period a year ago]';
COMMENT ON COLUMN mart.figure.change IS '同比增减量，比率指标为百分点 [change on a year ago; points for ratios]';
COMMENT ON COLUMN mart.figure.change_rate IS
'同比增减率（%），去年同期为零时为空 [relative change in percent; empty when the base is 0]';
COMMENT ON COLUMN mart.figure.previous IS '上期值（环比基数）[value of the period before]';
COMMENT ON COLUMN mart.figure.reports_expected IS '应报份数 [reports expected]';
COMMENT ON COLUMN mart.figure.reports_received IS '已报份数 [reports received]';
COMMENT ON COLUMN mart.figure.publication_id IS '所属发布 [publication]';
COMMENT ON COLUMN mart.figure.published_at IS '发布时间 [published at]';
COMMENT ON COLUMN mart.figure.reports_on_time IS '按时份数 [reports received on time]';
