"""Submissions without a change, issues that only inform, codes with their validity, and ranges of fines."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _check("submission", "situation", "situation IN ('data', 'zero', 'unchanged')")
    _check("issue", "severity", "severity IN ('error', 'warning', 'info')")
    op.create_table(
        "code",
        sa.Column("list", sa.Text(), nullable=False, comment="代码表；只有一列用到的，为 表.列 [code list]"),
        sa.Column("code", sa.Text(), nullable=False, comment="代码 [code]"),
        sa.Column("name", sa.Text(), nullable=False, comment="名称 [official name]"),
        sa.Column("position", sa.Integer(), nullable=False, comment="在表中的次序 [place in the list]"),
        sa.Column("valid_from", sa.Date(), nullable=True, comment="生效日，空为一直有效 [valid from; empty: always]"),
        sa.Column(
            "valid_to",
            sa.Date(),
            nullable=True,
            comment="失效日，不含，空为仍有效 [no longer valid from; empty: still valid]",
        ),
        sa.Column("source", sa.Text(), nullable=False, comment="出处 [source]"),
        sa.UniqueConstraint(
            "list", "code", "valid_from", name=op.f("uq_code_list"), postgresql_nulls_not_distinct=True
        ),
        schema="core",
        comment="代码表 [codes, one line for each span of validity]",
    )
    op.create_table(
        "accident_fine",
        sa.Column("grade", sa.Text(), nullable=False, comment="事故等级 [grade of the accident]"),
        sa.Column("valid_from", sa.Date(), nullable=True, comment="生效日，空为一直有效 [valid from; empty: always]"),
        sa.Column(
            "valid_to",
            sa.Date(),
            nullable=True,
            comment="失效日，不含，空为仍有效 [no longer valid from; empty: still valid]",
        ),
        sa.Column("lowest_wan", sa.Numeric(), nullable=False, comment="最低罚款，万元 [lowest fine]"),
        sa.Column("highest_wan", sa.Numeric(), nullable=False, comment="最高罚款，万元 [highest fine]"),
        sa.Column("source", sa.Text(), nullable=False, comment="出处 [source]"),
        sa.UniqueConstraint(
            "grade", "valid_from", name=op.f("uq_accident_fine_grade"), postgresql_nulls_not_distinct=True
        ),
        schema="core",
        comment="事故罚款幅度 [ranges of fines after accidents]",
    )


def downgrade() -> None:
    op.drop_table("accident_fine", schema="core")
    op.drop_table("code", schema="core")
    _check("issue", "severity", "severity IN ('error', 'warning')")
    _check("submission", "situation", "situation IN ('data', 'zero')")


def _check(table: str, name: str, condition: str) -> None:
    constraint = op.f(f"ck_{table}_{name}")
    op.drop_constraint(constraint, table, schema="core", type_="check")
    op.create_check_constraint(constraint, table, condition, schema="core")
