"""What a night says of itself: who started it, why it failed, and which files it brought."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nights before were started by a command or a deployment: nobody wrote down which."""
    for name in ("origin", "flow_run", "failure"):
        op.add_column("run", sa.Column(name, sa.Text(), nullable=True), schema="core")
    op.create_check_constraint(op.f("ck_run_origin"), "run", "origin IN ('deployment', 'command')", schema="core")
    op.add_column("file", sa.Column("run_id", sa.BigInteger(), nullable=True), schema="core")
    op.create_foreign_key(
        op.f("fk_file_run_id"), "file", "run", ["run_id"], ["run_id"], source_schema="core", referent_schema="core"
    )
    op.create_index(op.f("ix_file_run_id"), "file", ["run_id"], schema="core")


def downgrade() -> None:
    op.drop_column("file", "run_id", schema="core")
    for name in ("failure", "flow_run", "origin"):
        op.drop_column("run", name, schema="core")
