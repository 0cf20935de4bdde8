"""One publication as a report reads it: its number and moment, and any of its values, all of one state."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from schemas.period import Period
from warehouse.behind import Spot
from warehouse.engine import know_as_of
from warehouse.errors import WarehouseError
from warehouse.mart import indicator_value, publication

_FIGURES = ("value", "numerator", "denominator", "year_ago", "previous")
_REPORTS = ("reports_expected", "reports_received")


@dataclass(frozen=True)
class Edition:
    """A publication: its number, the day for which it was made, its moment, and the program's version."""

    publication: int
    day: date
    published_at: datetime
    code_version: str


@dataclass(frozen=True)
class Stored:
    """A published value; a figure is None where nobody reported, a rate has no denominator or a base is missing."""

    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    year_ago: Decimal | None
    previous: Decimal | None
    reports_expected: int
    reports_received: int

    @property
    def missing(self) -> int:
        """How many reports that it rests on have not come."""
        return self.reports_expected - self.reports_received


@contextmanager
def latest_edition(engine: Engine) -> Iterator[tuple[Connection, Edition]]:
    """The latest publication, with a connection that sees nothing newer, whatever is published meanwhile.

    Raises:
        WarehouseError: nothing was published yet.
    """
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        made = connection.execute(sa.select(publication).order_by(publication.c.publication_id.desc()).limit(1))
        row = made.mappings().one_or_none()
        if row is None:
            raise WarehouseError("尚未发布过指标，请先运行 huizong run")
        know_as_of(connection, row["published_at"])
        yield connection, Edition(row["publication_id"], row["day"], row["published_at"], row["code_version"])


def values_of(
    connection: Connection,
    periods: Sequence[Period],
    unit_codes: Collection[str],
    indicators: Collection[str] | None = None,
) -> Mapping[Spot, Stored]:
    """The values of some periods and units, wholes and parts, by where they stand; of all indicators without a list."""
    value = indicator_value.c
    asked = sa.tuple_(value.period_kind, value.start_on, value.end_on)
    statement = sa.select(indicator_value).where(
        asked.in_([(each.kind, each.start_on, each.end_on) for each in periods]), value.unit_code.in_(unit_codes)
    )
    if indicators is not None:
        statement = statement.where(value.indicator_id.in_(indicators))
    return {_spot(row): _stored(row) for row in connection.execute(statement).mappings()}


def published_months(connection: Connection, unit_code: str) -> list[date]:
    """The months of which a unit has values, in order."""
    value = indicator_value.c
    months = sa.select(value.start_on).where(value.period_kind == "month", value.unit_code == unit_code)
    return list(connection.execute(months.distinct().order_by(value.start_on)).scalars())


def _spot(row: sa.RowMapping) -> Spot:
    period = Period(row["period_kind"], row["start_on"], row["end_on"])
    return Spot(row["indicator_id"], period, row["unit_code"], row["dimension"], row["member"])


def _stored(row: sa.RowMapping) -> Stored:
    return Stored(**{name: row[name] for name in (*_FIGURES, *_REPORTS)})
