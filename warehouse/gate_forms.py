"""What an audit looks at in the rows of the forms: figures of each report that came since the last publication.

Facts never change, so each report is audited once, by the definitions of that day. Only how many cells break a rule
leaves the database, and the ends of ranges: no cell of a person.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.engine import Connection

from schemas.form import Column, Rule, Table, tables
from warehouse import tables as t
from warehouse.forms import stored_tables

Measure = tuple[str, sa.ColumnElement[Any]]
PREFIX = "form_"


def touched_tables(connection: Connection, since: datetime) -> list[str]:
    """The tables of the forms of which something came since a moment, that of the last publication."""
    forms = set(connection.execute(sa.select(t.submission.c.form).distinct().where(_is_new(since))).scalars())
    return sorted((table_id for table_id, (form, _) in tables().items() if form.id in forms), key=described)


def form_frames(connection: Connection, since: datetime, touched: Sequence[str]) -> dict[str, pd.DataFrame]:
    """For each table with new rows a frame with a line a report; ``warehouse.expectations`` knows its columns."""
    frames = {}
    for table_id in touched:
        rows = connection.execute(_figures(stored_tables()[table_id], tables()[table_id][1], since))
        found = pd.DataFrame(rows.all(), columns=list(rows.keys()))
        if not found.empty:
            frames[f"{PREFIX}{table_id}"] = found
    return frames


def reference_frame(connection: Connection, since: datetime, touched: Sequence[str]) -> pd.DataFrame:
    """Whether rows and reports lead to each other: a line for each of the tables, and one for the reports themselves.

    ``orphaned`` rows stand in no report; ``unequal`` new reports do not have the rows that they brought.
    """
    lines: list[tuple[str, int, int, list[str]]] = []
    if touched:
        in_tables = [stored_tables()[table_id] for table_id in touched]
        orphans = sa.union_all(*(sa.select(sa.literal(rows.name), _orphans(rows)) for rows in in_tables))
        lines = [(described(table_id), count, 0, []) for table_id, count in connection.execute(orphans)]
        unequal = connection.execute(_unequal(in_tables, since)).scalars().all()
        lines.append(("报送", 0, len(unequal), list(unequal[:3])))
    return pd.DataFrame(lines, columns=["place", "orphaned", "unequal", "unequal_at"])


def with_blanks(connection: Connection, columns: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of the columns, each with its table, that are blank in some row, whenever it came."""
    tried = [
        sa.select(sa.literal(table_id), sa.literal(name)).where(
            sa.exists().where(stored_tables()[table_id].c[name].is_(None))
        )
        for table_id, name in sorted(columns)
    ]
    return {(table_id, name) for table_id, name in connection.execute(sa.union_all(*tried))} if tried else set()


def unique_rules(table: Table) -> Iterator[tuple[str, Rule]]:
    """The rules of a table that make a report wrong with two rows alike, each with the name of its figure."""
    for number, rule in enumerate(table.rules):
        if rule.kind == "unique" and rule.severity == "error" and not _is_conditional(rule):
            yield f"repeated_{number}", rule


def _is_conditional(rule: Rule) -> bool:
    return bool(rule.when or rule.when_at_least or rule.when_zero or rule.when_filled or rule.unless) or bool(
        rule.unless_filled or rule.unit_levels or rule.in_months or rule.since
    )


def _is_new(since: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(t.submission.c.status == "accepted", t.submission.c.recorded_from > since)


def _place() -> sa.ColumnElement[str]:
    return sa.func.concat_ws(" ", t.unit.c.name, sa.func.to_char(t.submission.c.month, "YYYY-MM"))


def _figures(data: sa.Table, table: Table, since: datetime) -> sa.Select[Any]:
    of_report = data.join(t.submission, t.submission.c.submission_id == data.c.submission_id)
    measures = [
        *(measure for name, column in table.columns.items() for measure in _of_column(data.c[name], name, column)),
        *((name, _repeated(data, rule)) for name, rule in unique_rules(table)),
    ]
    return (
        sa.select(_place().label("place"), *(figure.label(name) for name, figure in measures))
        .select_from(of_report.join(t.unit, t.unit.c.code == t.submission.c.unit_code))
        .where(_is_new(since))
        .group_by(t.submission.c.submission_id, t.unit.c.name)
        .order_by(t.submission.c.submission_id)
    )


def _of_column(cell: sa.ColumnElement[Any], name: str, column: Column) -> Iterator[Measure]:
    if column.required:
        yield f"{name}__missing", sa.func.count().filter(cell.is_(None))
    if column.codes:
        allowed = sa.cast(list(column.codes), ARRAY(sa.Text))
        known = cell.contained_by(allowed) if column.type == "codes" else cell == sa.any_(allowed)
        yield f"{name}__unknown", sa.func.count().filter(sa.not_(known))
    if column.minimum is not None:
        yield f"{name}__least", sa.cast(sa.func.min(cell), sa.Double)
    if column.maximum is not None:
        yield f"{name}__most", sa.cast(sa.func.max(cell), sa.Double)
    if column.max_length is not None and column.at_rest == "plain":
        yield f"{name}__longest", sa.func.max(sa.func.length(cell))


def _repeated(data: sa.Table, rule: Rule) -> sa.ColumnElement[int]:
    """How many rows are another one again: blanks of ``others`` are alike, those of ``columns`` are not."""
    named = [data.c[name] for name in (*rule.columns, *rule.others)]
    is_named = sa.and_(sa.true(), *(data.c[name].is_not(None) for name in rule.columns))
    # Without any column a table has one row.
    alike = sa.func.row(*named) if named else sa.literal(1)
    return sa.func.count().filter(is_named) - sa.func.count(sa.distinct(alike)).filter(is_named)


def _orphans(rows: sa.Table) -> sa.ScalarSelect[int]:
    its_report = sa.exists().where(t.submission.c.submission_id == rows.c.submission_id)
    return sa.select(sa.func.count()).select_from(rows).where(~its_report).scalar_subquery()


def _unequal(in_tables: Sequence[sa.Table], since: datetime) -> sa.Select[Any]:
    """Where a new report stands whose rows are not as many as it brought."""
    new = sa.select(t.submission.c.submission_id).where(_is_new(since))
    counts = sa.union_all(
        *(
            sa.select(rows.c.submission_id, sa.func.count().label("rows"))
            .where(rows.c.submission_id.in_(new))
            .group_by(rows.c.submission_id)
            for rows in in_tables
        )
    ).subquery()
    stored = (
        sa.select(counts.c.submission_id, sa.func.sum(counts.c.rows).label("rows"))
        .group_by(counts.c.submission_id)
        .subquery()
    )
    reports = t.submission.join(t.unit, t.unit.c.code == t.submission.c.unit_code).join(
        t.form, t.form.c.id == t.submission.c.form
    )
    place = sa.func.concat_ws(" ", _place(), t.form.c.title)
    return (
        sa.select(place)
        .select_from(reports.outerjoin(stored, stored.c.submission_id == t.submission.c.submission_id))
        .where(_is_new(since), t.submission.c.rows != sa.func.coalesce(stored.c.rows, 0))
        .order_by(t.submission.c.submission_id)
    )


def described(table_id: str) -> str:
    """How a form table is called in a suite: the code of its form and its title."""
    form, table = tables()[table_id]
    return f"{form.code} {table.title}"
