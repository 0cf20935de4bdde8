"""The fixed tables: schema ``core`` (what arrived, from whom, with what result), schema ``mart`` (what is published).

Form tables are not here: they follow the form definitions, see ``warehouse.forms``. Alembic makes these tables;
a test holds that they are as described here.
"""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TIMESTAMP

Moment = TIMESTAMP(timezone=True)
metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

unit = sa.Table(
    "unit",
    metadata,
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("level", sa.Text, nullable=False),
    sa.Column("parent", sa.Text, sa.ForeignKey("core.unit.code", deferrable=True, initially="DEFERRED")),
    sa.Column("valid_from", sa.Date, nullable=False),
    sa.Column("valid_to", sa.Date),
    schema="core",
)

unit_version = sa.Table(
    "unit_version",
    metadata,
    sa.Column("code", sa.Text, sa.ForeignKey("core.unit.code"), primary_key=True),
    sa.Column("valid_from", sa.Date, primary_key=True),
    sa.Column("valid_to", sa.Date),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("level", sa.Text, nullable=False),
    sa.Column("parent", sa.Text),
    sa.Column("successors", ARRAY(sa.Text), nullable=False),
    sa.Column("recorded_from", Moment, primary_key=True),
    sa.Column("recorded_to", Moment),
    sa.CheckConstraint("recorded_to >= recorded_from", name="recorded_in_order"),
    schema="core",
)

form = sa.Table(
    "form",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("grain", sa.Text, nullable=False),
    sa.Column("due_workday", sa.Integer, nullable=False),
    schema="core",
)

obligation = sa.Table(
    "obligation",
    metadata,
    sa.Column("unit_code", sa.Text, sa.ForeignKey("core.unit.code"), primary_key=True),
    sa.Column("form", sa.Text, sa.ForeignKey("core.form.id"), primary_key=True),
    sa.Column("valid_from", sa.Date, primary_key=True),
    sa.Column("valid_to", sa.Date),
    sa.Column("recorded_from", Moment, primary_key=True),
    sa.Column("recorded_to", Moment),
    sa.CheckConstraint("recorded_to >= recorded_from", name="recorded_in_order"),
    schema="core",
)

code = sa.Table(
    "code",
    metadata,
    sa.Column("list", sa.Text, nullable=False, comment="代码表；只有一列用到的，为 表.列 [code list]"),
    sa.Column("code", sa.Text, nullable=False, comment="代码 [code]"),
    sa.Column("name", sa.Text, nullable=False, comment="名称 [official name]"),
    sa.Column("position", sa.Integer, nullable=False, comment="在表中的次序 [place in the list]"),
    sa.Column("valid_from", sa.Date, comment="生效日，空为一直有效 [valid from; empty: always]"),
    sa.Column("valid_to", sa.Date, comment="失效日，不含，空为仍有效 [no longer valid from; empty: still valid]"),
    sa.Column("source", sa.Text, nullable=False, comment="出处 [source]"),
    sa.UniqueConstraint("list", "code", "valid_from", postgresql_nulls_not_distinct=True),
    schema="core",
    comment="代码表 [codes, one line for each span of validity]",
)

accident_fine = sa.Table(
    "accident_fine",
    metadata,
    sa.Column("grade", sa.Text, nullable=False, comment="事故等级 [grade of the accident]"),
    sa.Column("valid_from", sa.Date, comment="生效日，空为一直有效 [valid from; empty: always]"),
    sa.Column("valid_to", sa.Date, comment="失效日，不含，空为仍有效 [no longer valid from; empty: still valid]"),
    sa.Column("lowest_wan", sa.Numeric, nullable=False, comment="最低罚款，万元 [lowest fine]"),
    sa.Column("highest_wan", sa.Numeric, nullable=False, comment="最高罚款，万元 [highest fine]"),
    sa.Column("source", sa.Text, nullable=False, comment="出处 [source]"),
    sa.UniqueConstraint("grade", "valid_from", postgresql_nulls_not_distinct=True),
    schema="core",
    comment="事故罚款幅度 [ranges of fines after accidents]",
)

file = sa.Table(
    "file",
    metadata,
    sa.Column("file_id", sa.BigInteger, sa.Identity(), primary_key=True),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("received_at", Moment, nullable=False),
    sa.Column("archive", sa.Text, nullable=False),
    sa.Column("recorded_at", Moment, server_default=sa.func.now(), nullable=False),
    sa.UniqueConstraint("sha256", "name"),
    schema="core",
)

submission = sa.Table(
    "submission",
    metadata,
    sa.Column("submission_id", sa.BigInteger, sa.Identity(), primary_key=True),
    sa.Column("file_id", sa.BigInteger, sa.ForeignKey("core.file.file_id"), nullable=False, index=True),
    sa.Column("form", sa.Text, sa.ForeignKey("core.form.id"), nullable=False),
    sa.Column("unit_code", sa.Text, sa.ForeignKey("core.unit.code")),
    sa.Column("month", sa.Date),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("revision", sa.Integer),
    sa.Column("situation", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("content_sha256", sa.Text, nullable=False),
    sa.Column("layout", JSONB, nullable=False),
    sa.Column("rows", sa.Integer, nullable=False),
    sa.Column("errors", sa.Integer, nullable=False),
    sa.Column("warnings", sa.Integer, nullable=False),
    sa.Column("recorded_from", Moment, nullable=False),
    sa.Column("recorded_to", Moment),
    sa.CheckConstraint("status IN ('accepted', 'rejected', 'superseded', 'identical')", name="status"),
    sa.CheckConstraint("situation IN ('data', 'zero', 'unchanged')", name="situation"),
    sa.CheckConstraint(
        "status = 'rejected' OR (unit_code IS NOT NULL AND month IS NOT NULL)", name="is_placed_unless_rejected"
    ),
    sa.CheckConstraint("EXTRACT(day FROM month) = 1", name="month_begins_on_its_first_day"),
    sa.CheckConstraint("recorded_to >= recorded_from", name="recorded_in_order"),
    sa.CheckConstraint("(recorded_to IS NULL) = (status <> 'superseded')", name="only_superseded_ends"),
    sa.Index("ix_submission_form_unit_month", "form", "unit_code", "month"),
    sa.Index(
        "ux_submission_current",
        "form",
        "unit_code",
        "month",
        unique=True,
        postgresql_where=sa.text("status = 'accepted'"),
    ),
    schema="core",
)

issue = sa.Table(
    "issue",
    metadata,
    sa.Column("issue_id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("file_id", sa.BigInteger, sa.ForeignKey("core.file.file_id"), nullable=False, index=True),
    sa.Column("submission_id", sa.BigInteger, sa.ForeignKey("core.submission.submission_id"), index=True),
    sa.Column("severity", sa.Text, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("sheet", sa.Text),
    sa.Column("row", sa.Integer),
    sa.Column("column", sa.Text),
    sa.Column("field", sa.Text),
    sa.Column("value", sa.Text),
    sa.Column("message", sa.Text, nullable=False),
    sa.CheckConstraint("severity IN ('error', 'warning', 'info')", name="severity"),
    schema="core",
)

month = sa.Table(
    "month",
    metadata,
    sa.Column("month", sa.Date, primary_key=True),
    sa.Column("state", sa.Text, server_default="open", nullable=False),
    sa.CheckConstraint("state IN ('open', 'closed')", name="state"),
    schema="core",
)

run = sa.Table(
    "run",
    metadata,
    sa.Column("run_id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("started_at", Moment, nullable=False),
    sa.Column("finished_at", Moment),
    sa.Column("today", sa.Date, nullable=False),
    sa.Column("summary", JSONB),
    schema="core",
)

setup = sa.Table(
    "setup",
    metadata,
    sa.Column("fingerprint", sa.Text, primary_key=True),
    sa.Column("applied_at", Moment, server_default=sa.func.now(), nullable=False),
    schema="core",
)

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
        comment="按时间汇总：sum 各月累加，window 按期间重算 [how months make longer periods]",
    ),
    sa.Column("decimals", sa.Integer, nullable=False, comment="小数位数 [decimals shown]"),
    sa.Column("source", ARRAY(sa.Text), nullable=False, comment="来源报表 [form tables it is computed from]"),
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
    schema="mart",
    comment="历次发布 [publications]",
)

indicator_value = sa.Table(
    "indicator_value",
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
    sa.Column("publication_id", sa.BigInteger, nullable=False, comment="所属发布 [publication]"),
    schema="mart",
    comment="已发布的指标值 [published values of indicators]",
)

due_day = sa.Table(
    "due_day",
    metadata,
    sa.Column("form", sa.Text, sa.ForeignKey("core.form.id"), primary_key=True, comment="报表标识 [form id]"),
    sa.Column("month", sa.Date, primary_key=True, comment="所属月份，当月 1 日 [first day of the month]"),
    sa.Column("due_at", Moment, nullable=False, comment="报送截止时间 [due at]"),
    schema="core",
    comment="各月报表的报送截止时间 [when the forms of a month are due]",
)
