"""When the forms of a month are due, so that a view can tell who was late."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "due_day",
        sa.Column("form", sa.Text(), nullable=False, comment="报表标识 [form id]"),
        sa.Column("month", sa.Date(), nullable=False, comment="所属月份，当月 1 日 [first day of the month]"),
        sa.Column("due_at", sa.TIMESTAMP(timezone=True), nullable=False, comment="报送截止时间 [due at]"),
        sa.ForeignKeyConstraint(["form"], ["core.form.id"], name=op.f("fk_due_day_form")),
        sa.PrimaryKeyConstraint("form", "month", name=op.f("pk_due_day")),
        schema="core",
        comment="各月报表的报送截止时间 [when the forms of a month are due]",
    )


def downgrade() -> None:
    op.drop_table("due_day", schema="core")
