"""From a published number back to its cells: the indicator's SELECT, filtered and not grouped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.engine import Connection, Engine, RowMapping

from schemas.form import Table, tables
from schemas.indicator import Indicator
from schemas.lineage import Standing, Versions, eras, heir_spans, own_spans, standings
from schemas.period import Period
from warehouse import mart
from warehouse import tables as t
from warehouse.contributions import contributing
from warehouse.engine import know_as_of
from warehouse.errors import WarehouseError
from warehouse.form_views import VIEW_SCHEMA
from warehouse.forms import ROW_BITS
from warehouse.lineage import known_versions
from warehouse.register import find_indicator, load_indicators
from warehouse.values import Figure, number


@dataclass(frozen=True)
class TraceRow:
    """One contributing row: the submission it stands in, its cells, and what it adds.

    ``form`` is the table's id. ``unit_code`` is the unit that reported; for a row that nobody reported, such as a place
    without a training, it is the place, and form, month, file, sheet and row are None.
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


@dataclass(frozen=True)
class Trace:
    """A value as published (None: not reported or not computed) and every row behind it."""

    indicator: str
    period: str
    unit_code: str
    value: Figure
    rows: tuple[TraceRow, ...]


def trace(engine: Engine, indicator: str, period: Period, unit_code: str) -> Trace:
    """Every row behind a published value, as they were known when it was published.

    Args:
        engine: the warehouse.
        indicator: its id or code.
        period: the period of the value.
        unit_code: the unit of the value.

    Raises:
        WarehouseError: there is no such indicator.
    """
    wanted = find_indicator(indicator)
    if wanted is None:
        codes = "、".join(f"{each.code} {each.id}" for each in load_indicators().values())
        raise WarehouseError(f"没有指标「{indicator}」，可选：{codes}")
    with engine.connect() as connection:
        value, published_at = _published(connection, wanted, period, unit_code)
        if published_at:
            know_as_of(connection, published_at)
        below = _below(known_versions(connection), wanted, unit_code)
        found = connection.execute(_contributing(wanted, period, below)).mappings().all()
        sources = _sources(connection, wanted, [row["source_id"] for row in found if row["source_id"] is not None])
    return Trace(wanted.id, period.label, unit_code, number(value), tuple(_row(row, sources) for row in found))


def _published(
    connection: Connection, indicator: Indicator, period: Period, unit_code: str
) -> tuple[Decimal | None, datetime | None]:
    """The value and the time of the publication, even where that has no such value."""
    value, publication = mart.indicator_value, mart.publication
    is_wanted = sa.and_(
        value.c.publication_id == publication.c.publication_id,
        value.c.indicator_id == indicator.id,
        value.c.unit_code == unit_code,
        value.c.period_kind == period.kind,
        value.c.start_on == period.start_on,
        value.c.end_on == period.end_on,
        value.c.dimension == "",
    )
    latest = publication.outerjoin(value, is_wanted)
    statement = sa.select(value.c.value, publication.c.published_at).select_from(latest)
    row = connection.execute(statement.order_by(publication.c.publication_id.desc()).limit(1)).one_or_none()
    return (row[0], row[1]) if row else (None, None)


def _contributing(indicator: Indicator, period: Period, below: Sequence[Standing]) -> sa.Select[Any]:
    """The rows of the indicator that belong to the period and to the units that stand below in its months."""
    lines = sa.values(
        *(sa.column(name, kind) for name, kind in (("unit_code", sa.Text), ("since", sa.Date), ("until", sa.Date))),
        name="below",
    ).data([(each.unit_code, each.since, each.until) for each in below])
    rows = contributing(indicator, period).subquery("contributing")
    is_below = sa.and_(
        lines.c.unit_code == rows.c.unit_code, lines.c.since <= rows.c.month, lines.c.until > rows.c.month
    )
    statement = sa.select(rows).join(lines, is_below)
    return statement.order_by(rows.c.on_date, rows.c.unit_code, rows.c.source_id)


def _below(versions: Versions, indicator: Indicator, unit_code: str) -> list[Standing]:
    """The unit and every unit below it, by months; the unit alone where it is not known at that time."""
    found = eras(versions)
    spans = heir_spans(found) if indicator.over_time == "window" else own_spans(found)
    below = [each for each in standings(spans) if each.above_code == unit_code]
    return below or [Standing(unit_code, unit_code, date.min, date.max)]


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
    figures = {name: number(contribution[name]) for name in ("numerator", "denominator")}
    if contribution["source_id"] is None:
        return TraceRow(None, contribution["unit_code"], None, None, None, None, {}, {}, **figures)
    table, row = sources[contribution["source_id"]]
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


def _plain(value: object) -> object:
    return number(value) if isinstance(value, Decimal) else value
