"""Backfills and their months, and since when forms and rules are as they are."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_MOMENT = postgresql.TIMESTAMP(timezone=True)


def upgrade() -> None:
    """Nothing that is there changes."""
    op.create_table(
        "backfill",
        sa.Column("backfill_id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("from_month", sa.Date(), nullable=False),
        sa.Column("to_month", sa.Date(), nullable=False),
        sa.Column("form", sa.Text(), nullable=True),
        sa.Column("unit_code", sa.Text(), nullable=True),
        sa.Column("reopen", sa.Boolean(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("started_at", _MOMENT, nullable=False),
        sa.Column("finished_at", _MOMENT, nullable=True),
        sa.CheckConstraint("from_month <= to_month", name=op.f("ck_backfill_months_in_order")),
        sa.CheckConstraint("btrim(why) <> '' AND btrim(who) <> ''", name=op.f("ck_backfill_has_who_and_why")),
        sa.ForeignKeyConstraint(["form"], ["core.form.id"], name=op.f("fk_backfill_form")),
        sa.ForeignKeyConstraint(["unit_code"], ["core.unit.code"], name=op.f("fk_backfill_unit_code")),
        sa.PrimaryKeyConstraint("backfill_id", name=op.f("pk_backfill")),
        schema="core",
    )
    op.create_table(
        "backfill_month",
        sa.Column("backfill_id", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("finished_at", _MOMENT, nullable=False),
        sa.Column("summary", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["backfill_id"], ["core.backfill.backfill_id"], name=op.f("fk_backfill_month_backfill_id")
        ),
        sa.PrimaryKeyConstraint("backfill_id", "month", name=op.f("pk_backfill_month")),
        schema="core",
    )
    op.create_table(
        "definition",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=True),
        sa.CheckConstraint("kind IN ('form', 'rule')", name=op.f("ck_definition_kind")),
        sa.PrimaryKeyConstraint("kind", "name", name=op.f("pk_definition")),
        schema="core",
    )


def downgrade() -> None:
    for table in ("definition", "backfill_month", "backfill"):
        op.drop_table(table, schema="core")
