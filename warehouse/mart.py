"""The tables of schema ``mart``: the register of indicators, the publications, and the values of all of them."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from warehouse.tables import Moment, metadata

indicator = sa.Table(
    "indicator",
    metadata,
    sa.Column("id", sa.Text, primary_key=True, comment="指标标识 [indicator id]"),
    sa.Column("code", sa.Text, nullable=False, comment="指标编号 [code in the catalogue, e.g. ACC01]"),
    sa.Column("name", sa.Text, nullable=False, comment="指标名称 [name]"),
    sa.Column("name_en", sa.Text, nullable=False, comment="英文名称 [name in English]"),
    sa.Column("unit", sa.Text, nullable=False, comment="计量单位 [unit of measure]"),
    sa.Column("better", sa.Text, nullable=False, comment="好的方向：lower 低好，higher 高好，none 不分 [better]"),
    sa.Column(
        "over_time",
        sa.Text,
        nullable=False,
        comment="按时间汇总：sum 各月累加，end 取期末值，window 按期间重算 [how months make longer periods]",
    ),
    sa.Column("decimals", sa.Integer, nullable=False, comment="小数位数 [decimals shown]"),
    sa.Column("source", ARRAY(sa.Text), nullable=False, comment="来源报表 [form tables it is computed from]"),
    sa.Column(
        "over_units",
        sa.Text,
        nullable=False,
        comment="按单位汇总：sum 累加，distinct 去重，min 取最小，max 取最大 [how units make the whole]",
    ),
    sa.Column("breakdown", ARRAY(sa.Text), nullable=False, comment="分组维度 [breakdown dimensions]"),
    sa.Column(
        "compare",
        ARRAY(sa.Text),
        nullable=False,
        comment="比较：year_ago 同比，previous 环比，to_date 累计 [comparisons that are told]",
    ),
    schema="mart",
    comment="指标目录 [register of indicators]",
)

publication = sa.Table(
    "publication",
    metadata,
    sa.Column(
        "publication_id", sa.BigInteger, sa.Identity(always=True), primary_key=True, comment="发布序号 [publication id]"
    ),
    sa.Column("published_at", Moment, nullable=False, comment="发布时间 [published at]"),
    sa.Column("code_version", sa.Text, nullable=False, comment="计算程序的版本 [version of the program]"),
    sa.Column("checksum", sa.Text, nullable=False, comment="全部指标值的校验和 [checksum over all values]"),
    sa.Column("values", sa.Integer, nullable=False, comment="指标值个数 [number of values]"),
    sa.Column(
        "changed", sa.Integer, nullable=False, comment="比上次发布变动的个数 [values changed since the one before]"
    ),
    sa.Column("day", sa.Date, nullable=False, comment="发布当日 [day of the publication]"),
    schema="mart",
    comment="历次发布 [publications]",
)

published_value = sa.Table(
    "published_value",
    metadata,
    sa.Column("indicator_id", sa.Text, primary_key=True, comment="指标标识 [indicator id]"),
    sa.Column("unit_code", sa.Text, primary_key=True, comment="单位代码 [unit code]"),
    sa.Column(
        "period_kind",
        sa.Text,
        primary_key=True,
        comment="期间类型：month 月，quarter 季，half_year 半年，year 年，year_to_date 年初至今 [period kind]",
    ),
    sa.Column("start_on", sa.Date, primary_key=True, comment="期间起始日，含 [first day of the period]"),
    sa.Column("end_on", sa.Date, primary_key=True, comment="期间截止日，不含 [day after the period]"),
    sa.Column(
        "dimension", sa.Text, primary_key=True, server_default="", comment="分组维度，空为合计 [breakdown dimension]"
    ),
    sa.Column("member", sa.Text, primary_key=True, server_default="", comment="分组成员，空为合计 [breakdown member]"),
    sa.Column("numerator", sa.Numeric, comment="分子 [numerator]"),
    sa.Column("denominator", sa.Numeric, comment="分母，非比率指标为空 [denominator; empty unless a ratio]"),
    sa.Column("value", sa.Numeric, comment="指标值 [value]"),
    sa.Column("year_ago", sa.Numeric, comment="去年同期值 [value of the same period a year ago]"),
    sa.Column("change", sa.Numeric, comment="同比增减量，比率指标为百分点 [change on a year ago; points for ratios]"),
    sa.Column(
        "change_rate", sa.Numeric, comment="同比增减率，去年同期为零时为空 [relative change; empty when the base is 0]"
    ),
    sa.Column("previous", sa.Numeric, comment="上期值（环比基数）[value of the period before]"),
    sa.Column("reports_expected", sa.Integer, comment="应报份数 [reports expected]"),
    sa.Column("reports_received", sa.Integer, comment="已报份数 [reports received]"),
    sa.Column("year_ago_expected", sa.Integer, comment="去年同期应报份数 [reports expected a year ago]"),
    sa.Column("year_ago_received", sa.Integer, comment="去年同期已报份数 [reports received a year ago]"),
    sa.Column("reports_on_time", sa.Integer, comment="按时份数 [reports received on time]"),
    sa.Column(
        "from_publication",
        sa.BigInteger,
        sa.ForeignKey("mart.publication.publication_id"),
        primary_key=True,
        comment="从哪次发布起 [since which publication]",
    ),
    sa.Column(
        "to_publication",
        sa.BigInteger,
        sa.ForeignKey("mart.publication.publication_id"),
        comment="到哪次发布为止，不含，空为现行 [until which publication; empty: still]",
    ),
    sa.CheckConstraint("to_publication > from_publication", name="publications_in_order"),
    schema="mart",
    comment="历次发布的指标值 [values of all publications]",
)
audit_finding = sa.Table(
    "audit_finding",
    metadata,
    sa.Column(
        "publication_id",
        sa.BigInteger,
        sa.ForeignKey("mart.publication.publication_id"),
        primary_key=True,
        comment="所属发布 [publication]",
    ),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False, comment="次序 [place in the list]"),
    sa.Column(
        "severity",
        sa.Text,
        nullable=False,
        comment="程度：critical 严重（不予发布），warning 提示（照常发布）[severity]",
    ),
    sa.Column("rule", sa.Text, nullable=False, comment="审核规则 [rule that was not met]"),
    sa.Column("count", sa.Integer, nullable=False, comment="不符的处数 [number of places]"),
    sa.Column("examples", ARRAY(sa.Text), nullable=False, comment="例如 [some of the places]"),
    sa.CheckConstraint("severity IN ('critical', 'warning')", name="severity"),
    schema="mart",
    comment="发布前审核的提示 [what the audit before a publication warned of]",
)
_SPAN = ("from_publication", "to_publication")
KEY = tuple(column.name for column in published_value.primary_key if column.name not in _SPAN)
VALUE = tuple(column for column in published_value.c if column.name not in _SPAN)
sa.Index(
    "ux_published_value_current",
    *(published_value.c[name] for name in KEY),
    unique=True,
    postgresql_where=sa.text("to_publication IS NULL"),
)
# The view of what is published now; ``publication_id`` is the latest publication's.
indicator_value = sa.table(
    "indicator_value",
    *(sa.column(column.name, column.type) for column in VALUE),
    sa.column("publication_id", sa.BigInteger),
    schema="mart",
)


def of_publication(publication_id: int | sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """Whether a line of ``published_value`` is one of a publication's values."""
    value = published_value.c
    return sa.and_(
        value.from_publication <= publication_id,
        sa.or_(value.to_publication.is_(None), value.to_publication > publication_id),
    )
