"""The tables of backfills: which months an administrator asked for, which are done, and what judged a report."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from warehouse.tables import Moment, metadata

backfill = sa.Table(
    "backfill",
    metadata,
    sa.Column("backfill_id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("from_month", sa.Date, nullable=False),
    sa.Column("to_month", sa.Date, nullable=False),
    sa.Column("form", sa.Text, sa.ForeignKey("core.form.id")),
    sa.Column("unit_code", sa.Text, sa.ForeignKey("core.unit.code")),
    sa.Column("reopen", sa.Boolean, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("fingerprint", sa.Text, nullable=False),
    sa.Column("started_at", Moment, nullable=False),
    sa.Column("finished_at", Moment),
    sa.CheckConstraint("from_month <= to_month", name="months_in_order"),
    sa.CheckConstraint("btrim(why) <> '' AND btrim(who) <> ''", name="has_who_and_why"),
    schema="core",
)

# A line is written in the transaction that changes the month: it is there when and only when the month is done.
backfill_month = sa.Table(
    "backfill_month",
    metadata,
    sa.Column("backfill_id", sa.BigInteger, sa.ForeignKey("core.backfill.backfill_id"), primary_key=True),
    sa.Column("month", sa.Date, primary_key=True),
    sa.Column("finished_at", Moment, nullable=False),
    sa.Column("summary", JSONB, nullable=False),
    schema="core",
)

# Every form and every rule across forms, and since when it is as it is; empty: since before anybody wrote it down.
definition = sa.Table(
    "definition",
    metadata,
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("changed_at", Moment),
    sa.CheckConstraint("kind IN ('form', 'rule')", name="kind"),
    schema="core",
)
