"""From a published number back to its cells: the indicator's SELECT, filtered and not grouped."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from schemas.indicator import Indicator
from schemas.period import Period
from warehouse import mart
from warehouse.behind import Spot, rows_of_values
from warehouse.engine import know_as_of
from warehouse.errors import WarehouseError
from warehouse.register import wanted_indicator
from warehouse.trace_rows import TraceRow
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
        spot = Spot(wanted.id, period, unit_code, *part)
        rows = rows_of_values(connection, [spot])[spot]
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
