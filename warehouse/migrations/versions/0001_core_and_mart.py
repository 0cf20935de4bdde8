"""The tables of core and mart as the first version had them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateSchema, DropSchema

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(CreateSchema("mart", if_not_exists=True))
    op.create_table(
        "file",
        sa.Column("file_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("received_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("archive", sa.Text(), nullable=False),
        sa.Column("recorded_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_file")),
        sa.UniqueConstraint("sha256", "name", name=op.f("uq_file_sha256")),
        schema="core",
    )
    op.create_table(
        "form",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("grain", sa.Text(), nullable=False),
        sa.Column("due_workday", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form")),
        schema="core",
    )
    op.create_table(
        "month",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.CheckConstraint("state IN ('open', 'closed')", name=op.f("ck_month_state")),
        sa.PrimaryKeyConstraint("month", name=op.f("pk_month")),
        schema="core",
    )
    op.create_table(
        "run",
        sa.Column("run_id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("started_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("finished_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("today", sa.Date(), nullable=False),
        sa.Column("summary", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_run")),
        schema="core",
    )
    op.create_table(
        "setup",
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("applied_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_setup")),
        schema="core",
    )
    op.create_table(
        "unit",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["parent"], ["core.unit.code"], name=op.f("fk_unit_parent"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_unit")),
        schema="core",
    )
    op.create_table(
        "indicator",
        sa.Column("id", sa.Text(), nullable=False, comment="指标标识 [indicator id]"),
        sa.Column("code", sa.Text(), nullable=False, comment="指标编号 [code in the catalogue, e.g. ACC01]"),
        sa.Column("name", sa.Text(), nullable=False, comment="指标名称 [name]"),
        sa.Column("name_en", sa.Text(), nullable=False, comment="英文名称 [name in English]"),
        sa.Column("unit", sa.Text(), nullable=False, comment="计量单位 [unit of measure]"),
        sa.Column("better", sa.Text(), nullable=False, comment="好的方向：lower 低好，higher 高好，none 不分 [better]"),
        sa.Column(
            "over_time",
            sa.Text(),
            nullable=False,
            comment="按时间汇总：sum 各月累加，window 按期间重算 [how months make longer periods]",
        ),
        sa.Column("decimals", sa.Integer(), nullable=False, comment="小数位数 [decimals shown]"),
        sa.Column(
            "source", postgresql.ARRAY(sa.Text()), nullable=False, comment="来源报表 [form tables it is computed from]"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        schema="mart",
        comment="指标目录 [register of indicators]",
    )
    op.create_table(
        "indicator_value",
        sa.Column("indicator_id", sa.Text(), nullable=False, comment="指标标识 [indicator id]"),
        sa.Column("unit_code", sa.Text(), nullable=False, comment="单位代码 [unit code]"),
        sa.Column(
            "period_kind",
            sa.Text(),
            nullable=False,
            comment="期间类型：month 月，quarter 季，half_year 半年，year 年，year_to_date 年初至今 [period kind]",
        ),
        sa.Column("start_on", sa.Date(), nullable=False, comment="期间起始日，含 [first day of the period]"),
        sa.Column("end_on", sa.Date(), nullable=False, comment="期间截止日，不含 [day after the period]"),
        sa.Column(
            "dimension",
            sa.Text(),
            server_default="",
            nullable=False,
            comment="分组维度，空为合计 [breakdown dimension]",
        ),
        sa.Column(
            "member", sa.Text(), server_default="", nullable=False, comment="分组成员，空为合计 [breakdown member]"
        ),
        sa.Column("numerator", sa.Numeric(), nullable=True, comment="分子 [numerator]"),
        sa.Column(
            "denominator",
            sa.Numeric(),
            nullable=True,
            comment="分母，非比率指标为空 [denominator; empty unless a ratio]",
        ),
        sa.Column("value", sa.Numeric(), nullable=True, comment="指标值 [value]"),
        sa.Column("year_ago", sa.Numeric(), nullable=True, comment="去年同期值 [value of the same period a year ago]"),
        sa.Column(
            "change",
            sa.Numeric(),
            nullable=True,
            comment="同比增减量，比率指标为百分点 [change on a year ago; points for ratios]",
        ),
        sa.Column(
            "change_rate",
            sa.Numeric(),
            nullable=True,
            comment="同比增减率，去年同期为零时为空 [relative change; empty when the base is 0]",
        ),
        sa.Column("previous", sa.Numeric(), nullable=True, comment="上期值（环比基数）[value of the period before]"),
        sa.Column("reports_expected", sa.Integer(), nullable=True, comment="应报份数 [reports expected]"),
        sa.Column("reports_received", sa.Integer(), nullable=True, comment="已报份数 [reports received]"),
        sa.Column(
            "year_ago_expected", sa.Integer(), nullable=True, comment="去年同期应报份数 [reports expected a year ago]"
        ),
        sa.Column(
            "year_ago_received", sa.Integer(), nullable=True, comment="去年同期已报份数 [reports received a year ago]"
        ),
        sa.Column("publication_id", sa.BigInteger(), nullable=False, comment="所属发布 [publication]"),
        sa.PrimaryKeyConstraint(
            "indicator_id",
            "unit_code",
            "period_kind",
            "start_on",
            "end_on",
            "dimension",
            "member",
            name=op.f("pk_indicator_value"),
        ),
        schema="mart",
        comment="已发布的指标值 [published values of indicators]",
    )
    op.create_table(
        "publication",
        sa.Column(
            "publication_id",
            sa.BigInteger(),
            sa.Identity(always=True),
            nullable=False,
            comment="发布序号 [publication id]",
        ),
        sa.Column(
            "published_at", postgresql.TIMESTAMP(timezone=True), nullable=False, comment="发布时间 [published at]"
        ),
        sa.Column("code_version", sa.Text(), nullable=False, comment="计算程序的版本 [version of the program]"),
        sa.Column("checksum", sa.Text(), nullable=False, comment="全部指标值的校验和 [checksum over all values]"),
        sa.Column("values", sa.Integer(), nullable=False, comment="指标值个数 [number of values]"),
        sa.Column(
            "changed",
            sa.Integer(),
            nullable=False,
            comment="比上次发布变动的个数 [values changed since the one before]",
        ),
        sa.PrimaryKeyConstraint("publication_id", name=op.f("pk_publication")),
        schema="mart",
        comment="历次发布 [publications]",
    )
    op.create_table(
        "obligation",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["form"], ["core.form.id"], name=op.f("fk_obligation_form")),
        sa.ForeignKeyConstraint(["unit_code"], ["core.unit.code"], name=op.f("fk_obligation_unit_code")),
        sa.PrimaryKeyConstraint("unit_code", "form", "valid_from", name=op.f("pk_obligation")),
        schema="core",
    )
    op.create_table(
        "submission",
        sa.Column("submission_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("file_id", sa.BigInteger(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("unit_code", sa.Text(), nullable=True),
        sa.Column("month", sa.Date(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("situation", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("content_sha256", sa.Text(), nullable=False),
        sa.Column("layout", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("errors", sa.Integer(), nullable=False),
        sa.Column("warnings", sa.Integer(), nullable=False),
        sa.Column("recorded_from", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("recorded_to", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(recorded_to IS NULL) = (status <> 'superseded')", name=op.f("ck_submission_only_superseded_ends")
        ),
        sa.CheckConstraint("situation IN ('data', 'zero')", name=op.f("ck_submission_situation")),
        sa.CheckConstraint(
            "status = 'rejected' OR (unit_code IS NOT NULL AND month IS NOT NULL)",
            name=op.f("ck_submission_is_placed_unless_rejected"),
        ),
        sa.CheckConstraint(
            "status IN ('accepted', 'rejected', 'superseded', 'identical')", name=op.f("ck_submission_status")
        ),
        sa.CheckConstraint("EXTRACT(day FROM month) = 1", name=op.f("ck_submission_month_begins_on_its_first_day")),
        sa.CheckConstraint("recorded_to >= recorded_from", name=op.f("ck_submission_recorded_in_order")),
        sa.ForeignKeyConstraint(["file_id"], ["core.file.file_id"], name=op.f("fk_submission_file_id")),
        sa.ForeignKeyConstraint(["form"], ["core.form.id"], name=op.f("fk_submission_form")),
        sa.ForeignKeyConstraint(["unit_code"], ["core.unit.code"], name=op.f("fk_submission_unit_code")),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_submission")),
        schema="core",
    )
    op.create_table(
        "issue",
        sa.Column("issue_id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("file_id", sa.BigInteger(), nullable=False),
        sa.Column("submission_id", sa.BigInteger(), nullable=True),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=True),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("column", sa.Text(), nullable=True),
        sa.Column("field", sa.Text(), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("message", sa.Text(), nullable=False),
        sa.CheckConstraint("severity IN ('error', 'warning')", name=op.f("ck_issue_severity")),
        sa.ForeignKeyConstraint(["file_id"], ["core.file.file_id"], name=op.f("fk_issue_file_id")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["core.submission.submission_id"], name=op.f("fk_issue_submission_id")
        ),
        sa.PrimaryKeyConstraint("issue_id", name=op.f("pk_issue")),
        schema="core",
    )
    op.create_index(op.f("ix_submission_file_id"), "submission", ["file_id"], unique=False, schema="core")
    op.create_index(
        "ix_submission_form_unit_month", "submission", ["form", "unit_code", "month"], unique=False, schema="core"
    )
    op.create_index(
        "ux_submission_current",
        "submission",
        ["form", "unit_code", "month"],
        unique=True,
        schema="core",
        postgresql_where=sa.text("status = 'accepted'"),
    )
    op.create_index(op.f("ix_issue_file_id"), "issue", ["file_id"], unique=False, schema="core")
    op.create_index(op.f("ix_issue_submission_id"), "issue", ["submission_id"], unique=False, schema="core")


def downgrade() -> None:

    op.drop_table("issue", schema="core")
    op.drop_table("submission", schema="core")
    op.drop_table("obligation", schema="core")
    op.drop_table("publication", schema="mart")
    op.drop_table("indicator_value", schema="mart")
    op.drop_table("indicator", schema="mart")
    op.drop_table("unit", schema="core")
    op.drop_table("setup", schema="core")
    op.drop_table("run", schema="core")
    op.drop_table("month", schema="core")
    op.drop_table("form", schema="core")
    op.drop_table("file", schema="core")
    op.execute(DropSchema("mart"))
