"""The rows behind a number as the senders have them: file, sheet, row, and cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.engine import Connection, RowMapping

from schemas.form import Table, tables
from schemas.indicator import REPORTS, Indicator
from warehouse import tables as t
from warehouse.form_views import VIEW_SCHEMA
from warehouse.forms import ROW_BITS
from warehouse.values import Figure, number


@dataclass(frozen=True)
class TraceRow:
    """One contributing row: the submission it stands in, its cells, and what it adds.

    ``form`` is the table's id. ``unit_code`` is the unit that reported; for a row that nobody reported, such as a place
    without a training, it is the place, and form, month, file, sheet and row are None. A report that is owed and was
    not sent has its form and month.
    """

    form: str | None
    unit_code: str
    month: str | None
    file: str | None
    sheet: str | None
    row: int | None
    cells: Mapping[str, str]
    values: Mapping[str, object]
    numerator: Figure
    denominator: Figure


def rows_behind(
    connection: Connection, indicator: Indicator, contributions: Sequence[RowMapping]
) -> tuple[TraceRow, ...]:
    """Contributing rows with the places in which they stand, in their order."""
    source_ids = [each["source_id"] for each in contributions if each["source_id"] is not None]
    if indicator.source == REPORTS:
        reports = _reports(connection, source_ids)
        return tuple(_report(each, reports) for each in contributions)
    sources = _sources(connection, indicator, source_ids)
    return tuple(_row(each, sources) for each in contributions)


def listed_rows(connection: Connection, table_id: str, source_ids: Sequence[int]) -> tuple[TraceRow, ...]:
    """Rows of a form's table by number, in that order, that add nothing to any value."""
    _, table = tables()[table_id]
    found = {row["source_id"]: row for row in connection.execute(_cells(table_id, source_ids)).mappings()}
    return tuple(_placed(table, found[each], {"numerator": None, "denominator": None}) for each in source_ids)


def _sources(
    connection: Connection, indicator: Indicator, source_ids: Sequence[int]
) -> Mapping[int, tuple[Table, RowMapping]]:
    """The table and the row behind each number; the tables of an indicator are of different forms."""
    return {
        row["source_id"]: (tables()[table_id][1], row)
        for table_id in indicator.source
        for row in connection.execute(_cells(table_id, source_ids)).mappings()
    }


def _cells(table_id: str, source_ids: Sequence[int]) -> sa.Select[Any]:
    """Rows of a form by number, with the submission and the file they stand in."""
    form, table = tables()[table_id]
    own = ("source_id", "submission_id", "source_row", "unit_code", "month")
    rows = sa.table(table_id, *map(sa.column, (*own, *_shown(table))), schema=VIEW_SCHEMA)
    submission_ids = sorted({source_id >> ROW_BITS for source_id in source_ids})
    return (
        sa.select(rows, t.submission.c.layout[table_id].label("layout_"), t.file.c.source.label("file_"))
        .join(t.submission, t.submission.c.submission_id == rows.c.submission_id)
        .join(t.file, t.file.c.file_id == t.submission.c.file_id)
        .where(
            t.submission.c.form == form.id,
            rows.c.submission_id == sa.any_(sa.literal(submission_ids, ARRAY(sa.BigInteger))),
            rows.c.source_id == sa.any_(sa.literal(list(source_ids), ARRAY(sa.BigInteger))),
        )
    )


def _shown(table: Table) -> list[str]:
    """The columns that may leave the warehouse."""
    return [name for name, column in table.columns.items() if not column.sensitive]


def _row(contribution: RowMapping, sources: Mapping[int, tuple[Table, RowMapping]]) -> TraceRow:
    if contribution["source_id"] is None:
        return _nobodys(contribution)
    return _placed(*sources[contribution["source_id"]], _figures(contribution))


def _placed(table: Table, row: RowMapping, figures: Mapping[str, Figure]) -> TraceRow:
    """A row with the place in which it stands."""
    names, letters = _shown(table), row["layout_"]["letters"]
    return TraceRow(
        form=table.id,
        unit_code=row["unit_code"],
        month=f"{row['month']:%Y-%m}",
        file=row["file_"],
        sheet=row["layout_"]["sheet"],
        row=row["source_row"],
        cells={name: letters[name] for name in names if name in letters},
        values={name: _plain(row[name]) for name in names},
        **figures,
    )


def _nobodys(contribution: RowMapping) -> TraceRow:
    return TraceRow(None, contribution["unit_code"], None, None, None, None, {}, {}, **_figures(contribution))


def _owed(contribution: RowMapping) -> TraceRow:
    return replace(_nobodys(contribution), form=contribution["form"], month=f"{contribution['month']:%Y-%m}")


def _figures(contribution: RowMapping) -> dict[str, Figure]:
    return {name: number(contribution[name]) for name in ("numerator", "denominator")}


def _reports(connection: Connection, source_ids: Sequence[int]) -> Mapping[int, RowMapping]:
    """Reports by number, with the file in which each came."""
    ids = sorted({source_id >> ROW_BITS for source_id in source_ids})
    submission = t.submission.c
    told = ("submission_id", "form", "unit_code", "month", "status", "version", "revision", "rows", "errors")
    statement = (
        sa.select(*(submission[name] for name in told), t.file.c.source.label("file_"), t.file.c.received_at)
        .join(t.file, t.file.c.file_id == submission.file_id)
        .where(submission.submission_id == sa.any_(sa.literal(ids, ARRAY(sa.BigInteger))))
    )
    return {row["submission_id"] << ROW_BITS: row for row in connection.execute(statement).mappings()}


def _report(contribution: RowMapping, reports: Mapping[int, RowMapping]) -> TraceRow:
    """A whole report: it has no row and no cells of its own."""
    if contribution["source_id"] is None:
        return _owed(contribution)
    row = reports[contribution["source_id"]]
    told = ("status", "version", "revision", "rows", "errors")
    return TraceRow(
        form=row["form"],
        unit_code=row["unit_code"],
        month=f"{row['month']:%Y-%m}",
        file=row["file_"],
        sheet=None,
        row=None,
        cells={},
        values={**{name: row[name] for name in told}, "received_at": row["received_at"].isoformat()},
        **_figures(contribution),
    )


def _plain(value: object) -> object:
    return number(value) if isinstance(value, Decimal) else value
