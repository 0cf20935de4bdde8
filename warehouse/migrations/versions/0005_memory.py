"""What the warehouse remembers: its clock, who did what, reports held and withdrawn, and every publication's values."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_MOMENT = sa.TIMESTAMP(timezone=True)
_STATUSES = ("accepted", "rejected", "held", "superseded", "identical", "withdrawn")
_KEY = ("indicator_id", "unit_code", "period_kind", "start_on", "end_on", "dimension", "member")


def upgrade() -> None:
    _start_clock()
    _start_audit()
    _hold_and_withdraw()
    _keep_publications()


def downgrade() -> None:
    raise NotImplementedError("公布过的值和审计记录不能退回旧版本，请从备份恢复")


def _start_clock() -> None:
    """The clock stands at the last thing that was recorded."""
    op.create_table(
        "clock",
        sa.Column("one_row", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("moment", _MOMENT, nullable=False),
        sa.CheckConstraint("one_row", name=op.f("ck_clock_is_one_row")),
        sa.PrimaryKeyConstraint("one_row", name=op.f("pk_clock")),
        schema="core",
    )
    op.execute(
        """
        INSERT INTO core.clock (moment)
        SELECT
            greatest(
                'epoch',
                (SELECT max(greatest(recorded_from, recorded_to)) FROM core.submission),
                (SELECT max(greatest(recorded_from, recorded_to)) FROM core.unit_version),
                (SELECT max(greatest(recorded_from, recorded_to)) FROM core.obligation),
                (SELECT max(published_at) FROM mart.publication)
            )
        """
    )


def _start_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("audit_id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("recorded_at", _MOMENT, nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("database_user", sa.Text(), server_default=sa.text("session_user"), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=True),
        sa.Column("unit_code", sa.Text(), nullable=True),
        sa.Column("month", sa.Date(), nullable=True),
        sa.Column("detail", sa.dialects.postgresql.JSONB(), nullable=False),
        sa.CheckConstraint("btrim(why) <> '' AND btrim(who) <> ''", name=op.f("ck_audit_has_who_and_why")),
        sa.PrimaryKeyConstraint("audit_id", name=op.f("pk_audit")),
        schema="core",
    )
    op.execute(
        """
        CREATE FUNCTION core.refuse_to_change_audit() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NOT pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN
                RAISE insufficient_privilege USING MESSAGE = 'core.audit is append-only';
            END IF;
            RETURN coalesce(NEW, OLD);
        END
        $$
        """
    )
    for name, event, each in (("change", "UPDATE OR DELETE", "ROW"), ("truncate", "TRUNCATE", "STATEMENT")):
        op.execute(
            f"CREATE TRIGGER tr_audit_{name} BEFORE {event} ON core.audit "
            f"FOR EACH {each} EXECUTE FUNCTION core.refuse_to_change_audit()"
        )


def _hold_and_withdraw() -> None:
    op.add_column("submission", sa.Column("correction", sa.Text(), nullable=True), schema="core")
    op.add_column("submission", sa.Column("audit_id", sa.BigInteger(), nullable=True), schema="core")
    op.create_foreign_key(
        op.f("fk_submission_audit_id"),
        "submission",
        "audit",
        ["audit_id"],
        ["audit_id"],
        source_schema="core",
        referent_schema="core",
    )
    statuses = ", ".join(f"'{status}'" for status in _STATUSES)
    _replace_check("status", f"status IN ({statuses})")
    op.drop_constraint(op.f("ck_submission_only_superseded_ends"), "submission", schema="core", type_="check")
    op.create_check_constraint(
        op.f("ck_submission_only_what_was_taken_out_ends"),
        "submission",
        "(recorded_to IS NULL) = (status NOT IN ('superseded', 'withdrawn'))",
        schema="core",
    )
    op.create_index(
        "ux_submission_held",
        "submission",
        ["form", "unit_code", "month"],
        unique=True,
        schema="core",
        postgresql_where=sa.text("status = 'held'"),
    )


def _replace_check(name: str, condition: str) -> None:
    op.drop_constraint(op.f(f"ck_submission_{name}"), "submission", schema="core", type_="check")
    op.create_check_constraint(op.f(f"ck_submission_{name}"), "submission", condition, schema="core")


def _keep_publications() -> None:
    """What is published now is kept as of the publication that it belongs to; earlier values were not kept."""
    op.add_column(
        "publication", sa.Column("day", sa.Date(), comment="发布当日 [day of the publication]"), schema="mart"
    )
    op.execute("UPDATE mart.publication SET day = (published_at AT TIME ZONE 'Asia/Shanghai')::date")
    op.alter_column("publication", "day", nullable=False, schema="mart")
    op.rename_table("indicator_value", "published_value", schema="mart")
    op.alter_column("published_value", "publication_id", new_column_name="from_publication", schema="mart")
    op.execute("ALTER TABLE mart.published_value DROP CONSTRAINT pk_indicator_value")
    op.create_primary_key(op.f("pk_published_value"), "published_value", [*_KEY, "from_publication"], schema="mart")
    op.add_column(
        "published_value",
        sa.Column(
            "to_publication",
            sa.BigInteger(),
            comment="到哪次发布为止，不含，空为现行 [until which publication; empty: still]",
        ),
        schema="mart",
    )
    op.alter_column(
        "published_value", "from_publication", comment="从哪次发布起 [since which publication]", schema="mart"
    )
    for column in ("from_publication", "to_publication"):
        op.create_foreign_key(
            op.f(f"fk_published_value_{column}"),
            "published_value",
            "publication",
            [column],
            ["publication_id"],
            source_schema="mart",
            referent_schema="mart",
        )
    op.create_check_constraint(
        op.f("ck_published_value_publications_in_order"),
        "published_value",
        "to_publication > from_publication",
        schema="mart",
    )
    op.create_index(
        "ux_published_value_current",
        "published_value",
        list(_KEY),
        unique=True,
        schema="mart",
        postgresql_where=sa.text("to_publication IS NULL"),
    )
    op.execute("COMMENT ON TABLE mart.published_value IS '历次发布的指标值 [values of all publications]'")
