"""The views of the forms, made from their definitions: rows as they are known, and snapshots as they are in force."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.schema import CreateSchema, CreateView

from schemas.form import Form, Table
from warehouse.forms import DATA_SCHEMA, ROW_BITS, Definitions
from warehouse.scripts import run_query

VIEW_SCHEMA = "form"
# What the views of forms and of indicators rest on, in the order in which they are made.
_SHARED = (
    *("known_unit", "known_obligation", "known_submission", "known_state", "known_arrival", "known_revision"),
    "similarity",
)
_OWN_COLUMNS = ("submission_id", "source_row")
_MEASURED = ("submission_id", "unit_code", "month")
_SUBMISSION = sa.table("known_submission", *map(sa.column, ("submission_id", "unit_code", "month")), schema="core")
_STATE = sa.table(
    "known_state",
    *map(sa.column, ("submission_id", "form", "unit_code", "month", "table_id", "state")),
    schema="core",
)


def create_form_views(connection: Connection, definitions: Definitions) -> None:
    """One view a form table: the rows known as of ``huizong.as_of``, with the unit and month of their submission.

    A table of snapshots has a second one, ``<table>_in_force``: for each month of which a submission is known the rows
    that are in force in it, be they its own or, where it says that nothing changed, those of an earlier month.

    ``measure`` has what the figures of a month add up to: one line for each submission and measure of the tables in
    which figures are typed once a month.

    Columns stand in the order in which the table got them, so that a view can always be replaced in place and nothing
    that reads it has to be dropped.
    """
    for name in _SHARED:
        run_query(connection, name)
    connection.execute(CreateSchema(VIEW_SCHEMA, if_not_exists=True))
    columns = sa.inspect(connection).get_multi_columns(schema=DATA_SCHEMA)
    for table_id, (form, table) in definitions.items():
        names = [column["name"] for column in columns[(DATA_SCHEMA, table_id)]]
        _create(connection, table_id, _known_rows(table_id, names))
        if table.grain == "snapshot":
            _create(connection, f"{table_id}_in_force", _rows_in_force(form, table_id, names))

    if measures := [_measures(table) for _, table in definitions.values() if table.grain == "month"]:
        _create(connection, "measure", sa.union_all(*measures))


def _create(connection: Connection, name: str, rows: sa.SelectBase) -> None:
    connection.execute(CreateView(rows, name, schema=VIEW_SCHEMA, or_replace=True))


def _known_rows(table_id: str, names: Iterable[str]) -> sa.Select[tuple[object, ...]]:
    data = sa.table(table_id, *map(sa.column, names), schema=DATA_SCHEMA)
    of_submission = data.join(_SUBMISSION, _SUBMISSION.c.submission_id == data.c.submission_id)
    return _columns(data, _SUBMISSION).select_from(of_submission)


def _rows_in_force(form: Form, table_id: str, names: Iterable[str]) -> sa.Select[tuple[object, ...]]:
    """The rows of the latest submission up to the month that said anything of the table but "as before"."""
    data = sa.table(table_id, *map(sa.column, names), schema=DATA_SCHEMA)
    here, said = _STATE.alias("here"), _STATE.alias("said")

    def is_of_the_table(state: sa.FromClause) -> sa.ColumnElement[bool]:
        return sa.and_(state.c.form == sa.literal(form.id), state.c.table_id == sa.literal(table_id))

    source = (
        sa.select(said.c.submission_id)
        .where(
            is_of_the_table(said),
            said.c.unit_code == here.c.unit_code,
            said.c.month <= here.c.month,
            said.c.state != sa.literal("unchanged"),
        )
        .order_by(said.c.month.desc())
        .limit(1)
        .lateral("source")
    )
    joined = here.join(source, sa.true()).join(data, data.c.submission_id == source.c.submission_id)
    return _columns(data, here).select_from(joined).where(is_of_the_table(here))


def _columns(data: sa.TableClause, submission: sa.FromClause) -> sa.Select[tuple[object, ...]]:
    """Where a row stands, whose it is in which month, and its cells."""
    source_id: sa.ColumnElement[int] = sa.literal_column(
        f"({data.name}.submission_id << {ROW_BITS}) + {data.name}.source_row"
    )
    return sa.select(
        source_id.label("source_id"),
        *(data.c[name] for name in _OWN_COLUMNS),
        submission.c.unit_code,
        submission.c.month,
        *(column for column in data.c if column.name not in _OWN_COLUMNS),
    )


def _measures(table: Table) -> sa.Select[tuple[object, ...]]:
    """The sums of a table's measures, each in a line of its own; added up before they are turned."""
    names = [name for name, column in table.columns.items() if column.type in ("integer", "amount")]
    rows = sa.table(table.id, *map(sa.column, (*_MEASURED, *names)), schema=VIEW_SCHEMA)
    sums = (
        sa.select(
            *(rows.c[name] for name in _MEASURED),
            *(sa.func.coalesce(sa.func.sum(rows.c[name]), 0).label(name) for name in names),
        )
        .group_by(*(rows.c[name] for name in _MEASURED))
        .subquery()
    )
    turned = (
        sa.values(sa.column("field", sa.Text), sa.column("amount", sa.Numeric), name="measure", literal_binds=True)
        .data([(name, sums.c[name]) for name in names])
        .lateral()
    )
    return sa.select(
        *(sums.c[name] for name in _MEASURED),
        sa.literal_column(f"'{table.id}'").label("table_id"),
        turned.c.field,
        turned.c.amount,
    ).select_from(sums.join(turned, sa.true()))
