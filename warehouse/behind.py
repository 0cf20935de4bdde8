"""The rows behind many values at once: an indicator's SELECT, for all its periods and units, and not grouped."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, distinct_on
from sqlalchemy.engine import Connection, RowMapping

from schemas.indicator import REPORTS, Indicator
from schemas.lineage import Era, Standing, eras, heir_spans, own_spans, standings
from schemas.period import Period
from warehouse.contributions import contributing
from warehouse.lineage import known_versions
from warehouse.register import load_indicators
from warehouse.trace_rows import TraceRow, rows_behind

_STANDING: Mapping[str, type[sa.types.TypeEngine[Any]]] = {
    "above_code": sa.Text,
    "unit_code": sa.Text,
    "since": sa.Date,
    "until": sa.Date,
}
# One value of each: of these a row may stand behind several.
_VALUE = ("above_code", "period_kind", "start_on", "end_on")


@dataclass(frozen=True)
class Spot:
    """Where a value stands: an indicator's, in a period and a unit, of all or of one member of a breakdown."""

    indicator: str
    period: Period
    unit_code: str
    dimension: str = ""
    member: str = ""


def rows_of_values(connection: Connection, spots: Iterable[Spot]) -> Mapping[Spot, tuple[TraceRow, ...]]:
    """Every row behind each value, as known; none where nothing contributes.

    One query an indicator and breakdown, and one a form table, however many values there are.

    Args:
        connection: told as of when, see ``know_as_of``.
        spots: the values; each indicator is known and broken down as asked.
    """
    wanted = sorted(set(spots), key=lambda spot: (spot.indicator, spot.dimension))
    found = eras(known_versions(connection))
    behind: dict[Spot, tuple[TraceRow, ...]] = {}
    for (name, dimension), group in groupby(wanted, key=lambda spot: (spot.indicator, spot.dimension)):
        asked, indicator = list(group), load_indicators()[name]
        rows = connection.execute(_statement(indicator, dimension, asked, found)).mappings().all()
        behind.update(_by_spot(asked, dimension, rows, rows_behind(connection, indicator, rows)))
    return behind


def _by_spot(
    asked: Sequence[Spot], dimension: str, rows: Sequence[RowMapping], traced: Sequence[TraceRow]
) -> Mapping[Spot, tuple[TraceRow, ...]]:
    lists: dict[tuple[object, ...], list[TraceRow]] = defaultdict(list)
    for row, each in zip(rows, traced, strict=True):
        lists[(*(row[name] for name in _VALUE), row[dimension] if dimension else "")].append(each)
    return {spot: tuple(lists[_key(spot)]) for spot in asked}


def _key(spot: Spot) -> tuple[object, ...]:
    period = spot.period
    return spot.unit_code, period.kind, period.start_on, period.end_on, spot.member


def _statement(indicator: Indicator, dimension: str, asked: Sequence[Spot], found: Sequence[Era]) -> sa.Select[Any]:
    """The rows of the indicator that belong to the periods and to the units that stand below in their months."""
    below = _below(indicator, {spot.unit_code for spot in asked}, found)
    # As arrays: a list of rows would be a thousand parameters, and the statement another one for each length.
    columns = (sa.literal([getattr(each, name) for each in below], ARRAY(kind)) for name, kind in _STANDING.items())
    lines = sa.func.unnest(*columns).table_valued(*map(sa.column, _STANDING), name="below").render_derived()
    rows = contributing(indicator, sorted({spot.period for spot in asked})).subquery("contributing")
    is_below = sa.and_(
        lines.c.unit_code == rows.c.unit_code, lines.c.since <= rows.c.month, lines.c.until > rows.c.month
    )
    statement = sa.select(rows, lines.c.above_code).join(lines, is_below)
    value = [lines.c.above_code, *(rows.c[name] for name in _VALUE[1:])]
    if dimension:
        statement = statement.where(rows.c[dimension].in_(sorted({spot.member for spot in asked})))
        value.append(rows.c[dimension])
    if indicator.over_units == "sum":
        same_day = [rows.c.form] if indicator.source == REPORTS else []
        return statement.order_by(*value, rows.c.on_date, rows.c.unit_code, rows.c.source_id, *same_day)
    return _gathering(statement, indicator, rows, value)


def _gathering(
    statement: sa.Select[Any], indicator: Indicator, rows: sa.Subquery, value: Sequence[sa.ColumnElement[Any]]
) -> sa.Select[Any]:
    """The one row that each thing counts by, or the one that has the least or the most."""
    if indicator.over_units == "distinct":
        ordered = statement.order_by(*value, rows.c.counted, rows.c.numerator.desc(), rows.c.source_id)
        return ordered.ext(distinct_on(*value, rows.c.counted))
    extreme = rows.c.numerator.asc() if indicator.over_units == "min" else rows.c.numerator.desc()
    return statement.order_by(*value, extreme, rows.c.unit_code, rows.c.source_id).ext(distinct_on(*value))


def _below(indicator: Indicator, unit_codes: set[str], found: Sequence[Era]) -> list[Standing]:
    """The units and all below them, by months; a unit alone where it is not known at that time."""
    spans = heir_spans(found) if indicator.is_window else own_spans(found)
    below = [each for each in standings(spans) if each.above_code in unit_codes]
    unknown = unit_codes - {each.above_code for each in below}
    return below + [Standing(code, code, date.min, date.max) for code in sorted(unknown)]
