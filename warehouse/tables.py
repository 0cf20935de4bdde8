"""The fixed tables of schema ``core``: what arrived, from whom, with what result, and what was done about it.

What is published is in ``warehouse.mart``. Form tables follow the form definitions, see ``warehouse.forms``. Alembic
makes these tables; a test holds that they are as described here.
"""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TIMESTAMP

Moment = TIMESTAMP(timezone=True)
metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

clock = sa.Table(
    "clock",
    metadata,
    sa.Column("one_row", sa.Boolean, primary_key=True, server_default=sa.true()),
    sa.Column("moment", Moment, nullable=False),
    sa.CheckConstraint("one_row", name="is_one_row"),
    schema="core",
)

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("audit_id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("recorded_at", Moment, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("database_user", sa.Text, server_default=sa.text("session_user"), nullable=False),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("form", sa.Text),
    sa.Column("unit_code", sa.Text),
    sa.Column("month", sa.Date),
    sa.Column("detail", JSONB, nullable=False),
    sa.CheckConstraint("btrim(why) <> '' AND btrim(who) <> ''", name="has_who_and_why"),
    schema="core",
)

unit = sa.Table(
    "unit",
    metadata,
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("level", sa.Text, nullable=False),
    sa.Column("parent", sa.Text, sa.ForeignKey("core.unit.code", deferrable=True, initially="DEFERRED")),
    sa.Column("valid_from", sa.Date, nullable=False),
    sa.Column("valid_to", sa.Date),
    schema="core",
)

unit_version = sa.Table(
    "unit_version",
    metadata,
    sa.Column("code", sa.Text, sa.ForeignKey("core.unit.code"), primary_key=True),
    sa.Column("valid_from", sa.Date, primary_key=True),
    sa.Column("valid_to", sa.Date),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("level", sa.Text, nullable=False),
    sa.Column("parent", sa.Text),
    sa.Column("successors", ARRAY(sa.Text), nullable=False),
    sa.Column("recorded_from", Moment, primary_key=True),
    sa.Column("recorded_to", Moment),
    sa.CheckConstraint("recorded_to >= recorded_from", name="recorded_in_order"),
    schema="core",
)

form = sa.Table(
    "form",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("grain", sa.Text, nullable=False),
    sa.Column("due_workday", sa.Integer, nullable=False),
    schema="core",
)

obligation = sa.Table(
    "obligation",
    metadata,
    sa.Column("unit_code", sa.Text, sa.ForeignKey("core.unit.code"), primary_key=True),
    sa.Column("form", sa.Text, sa.ForeignKey("core.form.id"), primary_key=True),
    sa.Column("valid_from", sa.Date, primary_key=True),
    sa.Column("valid_to", sa.Date),
    sa.Column("recorded_from", Moment, primary_key=True),
    sa.Column("recorded_to", Moment),
    sa.CheckConstraint("recorded_to >= recorded_from", name="recorded_in_order"),
    schema="core",
)

code = sa.Table(
    "code",
    metadata,
    sa.Column("list", sa.Text, nullable=False, comment="代码表；只有一列用到的，为 表.列 [code list]"),
    sa.Column("code", sa.Text, nullable=False, comment="代码 [code]"),
    sa.Column("name", sa.Text, nullable=False, comment="名称 [official name]"),
    sa.Column("position", sa.Integer, nullable=False, comment="在表中的次序 [place in the list]"),
    sa.Column("valid_from", sa.Date, comment="生效日，空为一直有效 [valid from; empty: always]"),
    sa.Column("valid_to", sa.Date, comment="失效日，不含，空为仍有效 [no longer valid from; empty: still valid]"),
    sa.Column("source", sa.Text, nullable=False, comment="出处 [source]"),
    sa.UniqueConstraint("list", "code", "valid_from", postgresql_nulls_not_distinct=True),
    schema="core",
    comment="代码表 [codes, one line for each span of validity]",
)

accident_fine = sa.Table(
    "accident_fine",
    metadata,
    sa.Column("grade", sa.Text, nullable=False, comment="事故等级 [grade of the accident]"),
    sa.Column("valid_from", sa.Date, comment="生效日，空为一直有效 [valid from; empty: always]"),
    sa.Column("valid_to", sa.Date, comment="失效日，不含，空为仍有效 [no longer valid from; empty: still valid]"),
    sa.Column("lowest_wan", sa.Numeric, nullable=False, comment="最低罚款，万元 [lowest fine]"),
    sa.Column("highest_wan", sa.Numeric, nullable=False, comment="最高罚款，万元 [highest fine]"),
    sa.Column("source", sa.Text, nullable=False, comment="出处 [source]"),
    sa.UniqueConstraint("grade", "valid_from", postgresql_nulls_not_distinct=True),
    schema="core",
    comment="事故罚款幅度 [ranges of fines after accidents]",
)

file = sa.Table(
    "file",
    metadata,
    sa.Column("file_id", sa.BigInteger, sa.Identity(), primary_key=True),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("received_at", Moment, nullable=False),
    sa.Column("archive", sa.Text, nullable=False),
    sa.Column("recorded_at", Moment, server_default=sa.func.now(), nullable=False),
    sa.Column("run_id", sa.BigInteger, sa.ForeignKey("core.run.run_id"), index=True),
    sa.Column("sender", sa.Text),
    sa.UniqueConstraint("sha256", "name"),
    schema="core",
)

seen = sa.Table(
    "seen",
    metadata,
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("path", sa.Text, primary_key=True),
    sa.Column("mark", sa.Text, nullable=False),
    sa.Column("files", JSONB, nullable=False),
    schema="core",
)

submission = sa.Table(
    "submission",
    metadata,
    sa.Column("submission_id", sa.BigInteger, sa.Identity(), primary_key=True),
    sa.Column("file_id", sa.BigInteger, sa.ForeignKey("core.file.file_id"), nullable=False, index=True),
    sa.Column("form", sa.Text, sa.ForeignKey("core.form.id"), nullable=False),
    sa.Column("unit_code", sa.Text, sa.ForeignKey("core.unit.code")),
    sa.Column("month", sa.Date),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("revision", sa.Integer),
    sa.Column("situation", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("content_sha256", sa.Text, nullable=False),
    sa.Column("layout", JSONB, nullable=False),
    sa.Column("rows", sa.Integer, nullable=False),
    sa.Column("errors", sa.Integer, nullable=False),
    sa.Column("warnings", sa.Integer, nullable=False),
    sa.Column("recorded_from", Moment, nullable=False),
    sa.Column("recorded_to", Moment),
    sa.Column("correction", sa.Text),
    sa.Column("audit_id", sa.BigInteger, sa.ForeignKey("core.audit.audit_id")),
    sa.CheckConstraint(
        "status IN ('accepted', 'rejected', 'held', 'superseded', 'identical', 'withdrawn')", name="status"
    ),
    sa.CheckConstraint("situation IN ('data', 'zero', 'unchanged')", name="situation"),
    sa.CheckConstraint(
        "status = 'rejected' OR (unit_code IS NOT NULL AND month IS NOT NULL)", name="is_placed_unless_rejected"
    ),
    sa.CheckConstraint("EXTRACT(day FROM month) = 1", name="month_begins_on_its_first_day"),
    sa.CheckConstraint("recorded_to >= recorded_from", name="recorded_in_order"),
    sa.CheckConstraint(
        "(recorded_to IS NULL) = (status NOT IN ('superseded', 'withdrawn'))", name="only_what_was_taken_out_ends"
    ),
    sa.Index("ix_submission_form_unit_month", "form", "unit_code", "month"),
    # What nearly every view asks of a submission, so that it is read without the layouts, which are most of the table.
    sa.Index(
        "ix_submission_known",
        "submission_id",
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
    ),
    sa.Index(
        "ux_submission_current",
        "form",
        "unit_code",
        "month",
        unique=True,
        postgresql_where=sa.text("status = 'accepted'"),
    ),
    sa.Index(
        "ux_submission_held",
        "form",
        "unit_code",
        "month",
        unique=True,
        postgresql_where=sa.text("status = 'held'"),
    ),
    schema="core",
)

issue = sa.Table(
    "issue",
    metadata,
    sa.Column("issue_id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("file_id", sa.BigInteger, sa.ForeignKey("core.file.file_id"), nullable=False, index=True),
    sa.Column("submission_id", sa.BigInteger, sa.ForeignKey("core.submission.submission_id"), index=True),
    sa.Column("severity", sa.Text, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("sheet", sa.Text),
    sa.Column("row", sa.Integer),
    sa.Column("column", sa.Text),
    sa.Column("field", sa.Text),
    sa.Column("value", sa.Text),
    sa.Column("message", sa.Text, nullable=False),
    sa.CheckConstraint("severity IN ('error', 'warning', 'info')", name="severity"),
    schema="core",
)

month = sa.Table(
    "month",
    metadata,
    sa.Column("month", sa.Date, primary_key=True),
    sa.Column("state", sa.Text, server_default="open", nullable=False),
    sa.CheckConstraint("state IN ('open', 'closed')", name="state"),
    schema="core",
)

run = sa.Table(
    "run",
    metadata,
    sa.Column("run_id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("started_at", Moment, nullable=False),
    sa.Column("finished_at", Moment),
    sa.Column("today", sa.Date, nullable=False),
    sa.Column("summary", JSONB),
    sa.Column("origin", sa.Text),
    sa.Column("flow_run", sa.Text),
    sa.Column("failure", sa.Text),
    sa.CheckConstraint("origin IN ('deployment', 'command')", name="origin"),
    schema="core",
)

setup = sa.Table(
    "setup",
    metadata,
    sa.Column("fingerprint", sa.Text, primary_key=True),
    sa.Column("applied_at", Moment, server_default=sa.func.now(), nullable=False),
    schema="core",
)

due_day = sa.Table(
    "due_day",
    metadata,
    sa.Column("form", sa.Text, sa.ForeignKey("core.form.id"), primary_key=True, comment="报表标识 [form id]"),
    sa.Column("month", sa.Date, primary_key=True, comment="所属月份，当月 1 日 [first day of the month]"),
    sa.Column("due_at", Moment, nullable=False, comment="报送截止时间 [due at]"),
    schema="core",
    comment="各月报表的报送截止时间 [when the forms of a month are due]",
)

reference_value = sa.Table(
    "reference_value",
    metadata,
    sa.Column("name", sa.Text, primary_key=True, comment="名称 [what it is, e.g. residents]"),
    sa.Column("unit_code", sa.Text, primary_key=True, comment="单位代码 [unit code]"),
    sa.Column("valid_from", sa.Date, primary_key=True, comment="起用日 [used from]"),
    sa.Column("valid_to", sa.Date, comment="停用日，不含 [used until, not included]"),
    sa.Column("amount", sa.Numeric, nullable=False, comment="数值 [amount]"),
    sa.Column("measure", sa.Text, nullable=False, comment="计量单位 [unit of measure]"),
    sa.Column("source", sa.Text, nullable=False, comment="出处 [source]"),
    schema="core",
    comment="外部参考数据 [figures of others: residents, GDP]",
)

# What was told to whom. A row is there before the message goes out: nobody else may send it then.
message = sa.Table(
    "message",
    metadata,
    sa.Column("message_id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("recipient", sa.Text, nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("about", sa.Text, nullable=False),
    sa.Column("claimed_at", Moment, nullable=False),
    sa.Column("sent_at", Moment),
    sa.Column("error", sa.Text),
    sa.CheckConstraint("sent_at IS NULL OR error IS NULL", name="sent_or_failed"),
    sa.UniqueConstraint("kind", "recipient", "channel", "day", "about"),
    schema="core",
)

# What was computed for the latest publication, so that the next night computes only what differs.
computed_sum = sa.Table(
    "computed_sum",
    metadata,
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("indicator_id", sa.Text, nullable=False),
    sa.Column("unit_code", sa.Text),
    sa.Column("dimension", sa.Text, nullable=False),
    sa.Column("member", sa.Text, nullable=False),
    sa.Column("period_kind", sa.Text, nullable=False),
    sa.Column("start_on", sa.Date, nullable=False),
    sa.Column("end_on", sa.Date, nullable=False),
    sa.Column("numerator", sa.Numeric),
    sa.Column("denominator", sa.Numeric),
    sa.Column("evidence", sa.BigInteger, nullable=False),
    # What a night replaces is found by it.
    sa.Index("ix_computed_sum_indicator_end", "indicator_id", "end_on"),
    schema="core",
)

computed_report = sa.Table(
    "computed_report",
    metadata,
    sa.Column("unit_code", sa.Text, primary_key=True),
    sa.Column("form", sa.Text, primary_key=True),
    sa.Column("month", sa.Date, primary_key=True),
    sa.Column("received", sa.Integer, nullable=False),
    sa.Column("on_time", sa.Integer, nullable=False),
    schema="core",
)

computed_state = sa.Table(
    "computed_state",
    metadata,
    sa.Column("fingerprint", sa.Text, primary_key=True),
    sa.Column("moment", Moment, nullable=False),
    sa.Column("first_month", sa.Date),
    sa.Column("last_month", sa.Date),
    schema="core",
)
