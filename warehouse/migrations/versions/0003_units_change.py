"""Units with all their versions, and obligations, as they were known at any time."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_MOMENT = sa.TIMESTAMP(timezone=True)


def upgrade() -> None:
    """What was there before history was kept has always been known."""
    op.create_table(
        "unit_version",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.Column("successors", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("recorded_from", _MOMENT, nullable=False),
        sa.Column("recorded_to", _MOMENT, nullable=True),
        sa.CheckConstraint("recorded_to >= recorded_from", name=op.f("ck_unit_version_recorded_in_order")),
        sa.ForeignKeyConstraint(["code"], ["core.unit.code"], name=op.f("fk_unit_version_code")),
        sa.PrimaryKeyConstraint("code", "valid_from", "recorded_from", name=op.f("pk_unit_version")),
        schema="core",
    )
    op.execute(
        "INSERT INTO core.unit_version "
        "(code, valid_from, valid_to, name, kind, level, parent, successors, recorded_from) "
        "SELECT code, valid_from, valid_to, name, kind, level, parent, '{}', '-infinity' FROM core.unit"
    )
    op.add_column(
        "obligation", sa.Column("recorded_from", _MOMENT, server_default="-infinity", nullable=False), schema="core"
    )
    op.add_column("obligation", sa.Column("recorded_to", _MOMENT, nullable=True), schema="core")
    op.execute("ALTER TABLE core.obligation ALTER COLUMN recorded_from DROP DEFAULT")
    op.create_check_constraint(
        op.f("ck_obligation_recorded_in_order"), "obligation", "recorded_to >= recorded_from", schema="core"
    )
    _key("unit_code", "form", "valid_from", "recorded_from")


def downgrade() -> None:
    """Only what is known now is left."""
    op.execute("DELETE FROM core.obligation WHERE recorded_to IS NOT NULL")
    _key("unit_code", "form", "valid_from")
    op.execute("DROP VIEW IF EXISTS core.known_obligation, core.known_unit")
    op.drop_column("obligation", "recorded_to", schema="core")
    op.drop_column("obligation", "recorded_from", schema="core")
    op.drop_table("unit_version", schema="core")


def _key(*columns: str) -> None:
    op.drop_constraint(op.f("pk_obligation"), "obligation", schema="core", type_="primary")
    op.create_primary_key(op.f("pk_obligation"), "obligation", list(columns), schema="core")
