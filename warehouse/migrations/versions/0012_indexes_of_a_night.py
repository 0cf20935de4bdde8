"""What a night asks of years of submissions and of kept sums is found in indexes."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Views read the submissions from an index that has what they ask; kept sums are found by their end."""
    op.create_index(
        "ix_submission_known",
        "submission",
        ["submission_id"],
        schema="core",
        postgresql_include=[
            "file_id",
            "form",
            "unit_code",
            "month",
            "revision",
            "situation",
            "status",
            "recorded_from",
            "recorded_to",
        ],
    )
    op.drop_index("ix_computed_sum_indicator_id", "computed_sum", schema="core")
    op.create_index("ix_computed_sum_indicator_end", "computed_sum", ["indicator_id", "end_on"], schema="core")


def downgrade() -> None:
    op.drop_index("ix_computed_sum_indicator_end", "computed_sum", schema="core")
    op.create_index("ix_computed_sum_indicator_id", "computed_sum", ["indicator_id"], schema="core")
    op.drop_index("ix_submission_known", "submission", schema="core")
