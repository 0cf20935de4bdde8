"""What is told of indicators, and figures of others that some are computed with."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_COMMENTS = {
    "over_units": "按单位汇总：sum 累加，distinct 去重，min 取最小，max 取最大 [how units make the whole]",
    "breakdown": "分组维度 [breakdown dimensions]",
    "compare": "比较：year_ago 同比，previous 环比，to_date 累计 [comparisons that are told]",
}
_OVER_TIME = "按时间汇总：sum 各月累加，{}window 按期间重算 [how months make longer periods]"


def upgrade() -> None:
    """What an earlier program did not say of its indicators the next sync of the register says."""
    for name, comment in _COMMENTS.items():
        is_text = name == "over_units"
        column = sa.Column(
            name,
            sa.Text() if is_text else postgresql.ARRAY(sa.Text()),
            server_default="sum" if is_text else "{}",
            nullable=False,
            comment=comment,
        )
        op.add_column("indicator", column, schema="mart")
        op.alter_column("indicator", name, server_default=None, schema="mart")
    op.alter_column("indicator", "over_time", comment=_OVER_TIME.format("end 取期末值，"), schema="mart")
    op.create_table(
        "reference_value",
        sa.Column("name", sa.Text(), nullable=False, comment="名称 [what it is, e.g. residents]"),
        sa.Column("unit_code", sa.Text(), nullable=False, comment="单位代码 [unit code]"),
        sa.Column("valid_from", sa.Date(), nullable=False, comment="起用日 [used from]"),
        sa.Column("valid_to", sa.Date(), nullable=True, comment="停用日，不含 [used until, not included]"),
        sa.Column("amount", sa.Numeric(), nullable=False, comment="数值 [amount]"),
        sa.Column("measure", sa.Text(), nullable=False, comment="计量单位 [unit of measure]"),
        sa.Column("source", sa.Text(), nullable=False, comment="出处 [source]"),
        sa.PrimaryKeyConstraint("name", "unit_code", "valid_from", name=op.f("pk_reference_value")),
        schema="core",
        comment="外部参考数据 [figures of others: residents, GDP]",
    )
    on_time = sa.Column("reports_on_time", sa.Integer(), nullable=True, comment="按时份数 [reports received on time]")
    op.add_column("published_value", on_time, schema="mart")
    _keep_sums()


def _keep_sums() -> None:
    op.create_table(
        "computed_sum",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("indicator_id", sa.Text(), nullable=False),
        sa.Column("unit_code", sa.Text(), nullable=True),
        sa.Column("dimension", sa.Text(), nullable=False),
        sa.Column("member", sa.Text(), nullable=False),
        sa.Column("period_kind", sa.Text(), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("end_on", sa.Date(), nullable=False),
        sa.Column("numerator", sa.Numeric(), nullable=True),
        sa.Column("denominator", sa.Numeric(), nullable=True),
        sa.Column("evidence", sa.BigInteger(), nullable=False),
        schema="core",
    )
    op.create_index(op.f("ix_computed_sum_indicator_id"), "computed_sum", ["indicator_id"], schema="core")
    op.create_table(
        "computed_report",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("on_time", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("unit_code", "form", "month", name=op.f("pk_computed_report")),
        schema="core",
    )
    op.create_table(
        "computed_state",
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("moment", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("first_month", sa.Date(), nullable=True),
        sa.Column("last_month", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_computed_state")),
        schema="core",
    )


def downgrade() -> None:
    for table in ("computed_state", "computed_report", "computed_sum"):
        op.drop_table(table, schema="core")
    op.execute("DROP VIEW IF EXISTS mart.indicator_value CASCADE")
    op.drop_column("published_value", "reports_on_time", schema="mart")
    op.drop_table("reference_value", schema="core")
    op.alter_column("indicator", "over_time", comment=_OVER_TIME.format(""), schema="mart")
    for name in _COMMENTS:
        op.drop_column("indicator", name, schema="mart")
