"""From a published number back to its cells: the indicator's SELECT, filtered and not grouped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.engine import Connection, Engine

from schemas.indicator import REPORTS, Indicator
from schemas.lineage import Standing, Versions, eras, heir_spans, own_spans, standings
from schemas.period import Period
from warehouse import mart
from warehouse.contributions import contributing
from warehouse.engine import know_as_of
from warehouse.errors import WarehouseError
from warehouse.lineage import known_versions
from warehouse.register import wanted_indicator
from warehouse.trace_rows import TraceRow, rows_behind
from warehouse.values import Figure, number

# All of a value: the dimension and the member of no breakdown.
WHOLE = ("", "")


@dataclass(frozen=True)
class Trace:
    """A value as published (None: not reported or not computed) and every row behind it; ``part`` is of a breakdown."""

    indicator: str
    period: str
    unit_code: str
    part: tuple[str, str]
    value: Figure
    rows: tuple[TraceRow, ...]


def trace(engine: Engine, indicator: str, period: Period, unit_code: str, part: tuple[str, str] = WHOLE) -> Trace:
    """Every row behind a published value, as they were known when it was published.

    Args:
        engine: the warehouse.
        indicator: its id or code.
        period: the period of the value.
        unit_code: the unit of the value.
        part: a dimension of the breakdown and a member of it; without it the whole.

    Raises:
        WarehouseError: there is no such indicator, or it is not broken down so.
    """
    wanted = wanted_indicator(indicator)
    if part != WHOLE and part[1] not in (wanted.members(part[0]) if part[0] in wanted.breakdown else ()):
        raise WarehouseError(f"{wanted.name}没有「{part[0]}={part[1]}」这一分组，{_parts_there_are(wanted)}")
    with engine.connect() as connection:
        value, published_at = _published(connection, wanted, period, unit_code, part)
        if published_at:
            know_as_of(connection, published_at)
        below = _below(known_versions(connection), wanted, unit_code)
        found = connection.execute(_contributing(wanted, period, below, part)).mappings().all()
        rows = rows_behind(connection, wanted, found)
    return Trace(wanted.id, period.label, unit_code, part, number(value), rows)


def _parts_there_are(indicator: Indicator) -> str:
    if not indicator.breakdown:
        return "它不分组"
    parts = (f"{dimension}={member}" for dimension in indicator.breakdown for member in indicator.members(dimension))
    return f"可选：{'、'.join(parts)}"


def _published(
    connection: Connection, indicator: Indicator, period: Period, unit_code: str, part: tuple[str, str]
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
        value.c.dimension == part[0],
        value.c.member == part[1],
    )
    latest = publication.outerjoin(value, is_wanted)
    statement = sa.select(value.c.value, publication.c.published_at).select_from(latest)
    row = connection.execute(statement.order_by(publication.c.publication_id.desc()).limit(1)).one_or_none()
    return (row[0], row[1]) if row else (None, None)


def _contributing(
    indicator: Indicator, period: Period, below: Sequence[Standing], part: tuple[str, str]
) -> sa.Select[Any]:
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
    if part != WHOLE:
        statement = statement.where(rows.c[part[0]] == part[1])
    if indicator.over_units == "sum":
        same_day = [rows.c.form] if indicator.source == REPORTS else []
        return statement.order_by(rows.c.on_date, rows.c.unit_code, rows.c.source_id, *same_day)
    return _gathering(statement, indicator, rows)


def _gathering(statement: sa.Select[Any], indicator: Indicator, rows: sa.Subquery) -> sa.Select[Any]:
    """The one row that each thing counts by, or the one that has the least or the most."""
    if indicator.over_units == "distinct":
        ordered = statement.order_by(rows.c.counted, rows.c.numerator.desc(), rows.c.source_id)
        return ordered.ext(distinct_on(rows.c.counted))
    extreme = rows.c.numerator.asc() if indicator.over_units == "min" else rows.c.numerator.desc()
    return statement.order_by(extreme, rows.c.unit_code, rows.c.source_id).limit(1)


def _below(versions: Versions, indicator: Indicator, unit_code: str) -> list[Standing]:
    """The unit and every unit below it, by months; the unit alone where it is not known at that time."""
    found = eras(versions)
    spans = heir_spans(found) if indicator.is_window else own_spans(found)
    below = [each for each in standings(spans) if each.above_code == unit_code]
    return below or [Standing(unit_code, unit_code, date.min, date.max)]
