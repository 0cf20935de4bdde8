"""Who sent a file, and what was seen in which place of a source."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Files before came from folders, which have no sender and are read every night."""
    op.add_column("file", sa.Column("sender", sa.Text(), nullable=True), schema="core")
    op.create_table(
        "seen",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("files", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("source", "path", name=op.f("pk_seen")),
        schema="core",
    )


def downgrade() -> None:
    op.drop_table("seen", schema="core")
    op.drop_column("file", "sender", schema="core")
