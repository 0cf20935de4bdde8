"""What the audit of a publication warned of, for its bulletin."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Publications before were audited for what stops one, and nothing else was kept."""
    op.create_table(
        "audit_finding",
        sa.Column("publication_id", sa.BigInteger(), nullable=False, comment="所属发布 [publication]"),
        sa.Column("position", sa.Integer(), nullable=False, comment="次序 [place in the list]"),
        sa.Column(
            "severity",
            sa.Text(),
            nullable=False,
            comment="程度：critical 严重（不予发布），warning 提示（照常发布）[severity]",
        ),
        sa.Column("rule", sa.Text(), nullable=False, comment="审核规则 [rule that was not met]"),
        sa.Column("count", sa.Integer(), nullable=False, comment="不符的处数 [number of places]"),
        sa.Column("examples", postgresql.ARRAY(sa.Text()), nullable=False, comment="例如 [some of the places]"),
        sa.CheckConstraint("severity IN ('critical', 'warning')", name=op.f("ck_audit_finding_severity")),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["mart.publication.publication_id"], name=op.f("fk_audit_finding_publication_id")
        ),
        sa.PrimaryKeyConstraint("publication_id", "position", name=op.f("pk_audit_finding")),
        schema="mart",
        comment="发布前审核的提示 [what the audit before a publication warned of]",
    )


def downgrade() -> None:
    op.drop_table("audit_finding", schema="mart")
