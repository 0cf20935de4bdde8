"""Names and numbers of people after their time of keeping: taken out of the facts, and nothing else with them.

In the place of each stands a mark with the row in which its report names that person first. So what was filled in is
still filled in, two people of a report are still two, and who they were nobody can tell.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from schemas.form import Table, tables
from warehouse import tables as t
from warehouse.audit import Act, record
from warehouse.engine import lock_writers
from warehouse.form_views import VIEW_SCHEMA
from warehouse.forms import ROW_BITS, stored_tables

MARK = "（已清除）"


def forget_people(engine: Engine, before: date, act: Act) -> int:
    """Take the people out of the reports of all months before one; how many cells that were.

    A snapshot stays whole as long as it is in force in that month or later, a held report as long as it is held.

    Args:
        engine: the warehouse.
        before: the first day of the first month whose people are kept.
        act: in whose name, and why; written down where there was anything to take out.
    """
    with engine.begin() as connection:
        lock_writers(connection)
        cells = sum(
            _blank(connection, rows, name, _due(rows, table, name, before))
            for table_id, (_, table) in tables().items()
            for rows in [stored_tables()[table_id]]
            for name in columns_of_people(table)
        )
        if cells:
            record(connection, "forget people", act, detail={"before": f"{before:%Y-%m}", "cells": cells})
    return cells


def forget_alike(connection: Connection, read: sa.Table, stored: sa.Table, ids: sa.ColumnElement[Any]) -> None:
    """Take out of rows that were read again the people who were taken out of those that are stored.

    Args:
        connection: in a transaction.
        read: the rows that were read again, in a table with the columns of the stored ones.
        stored: a table of a form.
        ids: an array of the submissions that are compared.
    """
    for name in columns_of_people(tables()[stored.name][1]):
        forgotten = sa.select(stored.c.submission_id).where(
            stored.c.submission_id == sa.any_(ids), stored.c[name].startswith(MARK)
        )
        _blank(connection, read, name, forgotten)


def without_forgotten(row: Mapping[str, object]) -> dict[str, object]:
    """A row with nothing where somebody was taken out."""
    return {name: None if str(value).startswith(MARK) else value for name, value in row.items()}


def columns_of_people(table: Table) -> Iterator[str]:
    """The columns that name people or give their numbers."""
    return (name for name, column in table.columns.items() if column.sensitive)


def _due(rows: sa.Table, table: Table, name: str, before: date) -> sa.Select[tuple[int]]:
    """The submissions in which somebody has to be taken out of a column."""
    cell, of_report = rows.c[name], t.submission.c
    due = (
        sa.select(rows.c.submission_id)
        .join(t.submission, of_report.submission_id == rows.c.submission_id)
        .where(of_report.month < before, of_report.status != "held", cell.is_not(None), ~cell.startswith(MARK))
    )
    if table.grain != "snapshot":
        return due
    in_force = sa.table(f"{table.id}_in_force", sa.column("source_id"), sa.column("month"), schema=VIEW_SCHEMA).c
    report = in_force.source_id.op(">>")(ROW_BITS).label("submission_id")
    kept = sa.select(report).where(in_force.month >= before).distinct().subquery()
    return due.where(~sa.exists().where(kept.c.submission_id == rows.c.submission_id))


def _blank(connection: Connection, rows: sa.Table, name: str, submissions: sa.Select[tuple[int]]) -> int:
    """Put marks into a column of some submissions; into how many rows."""
    cell = rows.c[name]
    first = sa.func.min(rows.c.source_row).over(partition_by=[rows.c.submission_id, cell])
    named = (
        sa.select(rows.c.submission_id, rows.c.source_row, first.label("first_row"))
        .where(cell.is_not(None), rows.c.submission_id.in_(submissions))
        .subquery()
    )
    is_this = sa.and_(rows.c.submission_id == named.c.submission_id, rows.c.source_row == named.c.source_row)
    mark = sa.literal(MARK) + sa.cast(named.c.first_row, sa.Text)
    return connection.execute(sa.update(rows).where(is_this).values({name: mark})).rowcount
