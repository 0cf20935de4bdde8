-- The values that are published now: every value of the latest publication, whichever publication it first stood in.
CREATE OR REPLACE VIEW mart.indicator_value AS
WITH latest AS (
    SELECT max(publication.publication_id) AS publication_id
    FROM mart.publication
)

SELECT
    published.indicator_id,
    published.unit_code,
    published.period_kind,
    published.start_on,
    published.end_on,
    published.dimension,
    published.member,
    published.numerator,
    published.denominator,
    published.value, -- noqa: RF04
    published.year_ago,
    published.change, -- noqa: RF04
    published.change_rate,
    published.previous,
    published.reports_expected,
    published.reports_received,
    published.year_ago_expected,
    published.year_ago_received,
    latest.publication_id,
    published.reports_on_time
FROM mart.published_value AS published
CROSS JOIN latest
WHERE published.to_publication IS NULL;

COMMENT ON VIEW mart.indicator_value IS '已发布的指标值 [published values of indicators]';
COMMENT ON COLUMN mart.indicator_value.indicator_id IS '指标标识 [indicator id]';
COMMENT ON COLUMN mart.indicator_value.unit_code IS '单位代码 [unit code]';
COMMENT ON COLUMN mart.indicator_value.period_kind IS
'期间类型：month 月，quarter 季，half_year 半年，year 年，year_to_date 年初至今 [period kind]';
COMMENT ON COLUMN mart.indicator_value.start_on IS '期间起始日，含 [first day of the period]';
COMMENT ON COLUMN mart.indicator_value.end_on IS '期间截止日，不含 [day after the period]';
COMMENT ON COLUMN mart.indicator_value.dimension IS '分组维度，空为合计 [breakdown dimension]';
COMMENT ON COLUMN mart.indicator_value.member IS '分组成员，空为合计 [breakdown member]';
COMMENT ON COLUMN mart.indicator_value.numerator IS '分子 [numerator]';
COMMENT ON COLUMN mart.indicator_value.denominator IS '分母，非比率指标为空 [denominator; empty unless a ratio]';
COMMENT ON COLUMN mart.indicator_value.value IS '指标值 [value]';
COMMENT ON COLUMN mart.indicator_value.year_ago IS '去年同期值 [value of the same period a year ago]';
COMMENT ON COLUMN mart.indicator_value.change IS '同比增减量，比率指标为百分点 [change on a year ago; points for ratios]';
COMMENT ON COLUMN mart.indicator_value.change_rate IS
'同比增减率，去年同期为零时为空 [relative change; empty when the base is 0]';
COMMENT ON COLUMN mart.indicator_value.previous IS '上期值（环比基数）[value of the period before]';
COMMENT ON COLUMN mart.indicator_value.reports_expected IS '应报份数 [reports expected]';
COMMENT ON COLUMN mart.indicator_value.reports_received IS '已报份数 [reports received]';
COMMENT ON COLUMN mart.indicator_value.year_ago_expected IS '去年同期应报份数 [reports expected a year ago]';
COMMENT ON COLUMN mart.indicator_value.year_ago_received IS '去年同期已报份数 [reports received a year ago]';
COMMENT ON COLUMN mart.indicator_value.publication_id IS '所属发布 [publication]';
COMMENT ON COLUMN mart.indicator_value.reports_on_time IS '按时份数 [reports received on time]';
