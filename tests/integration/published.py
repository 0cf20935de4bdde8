"""A warehouse filled and published, and single values of it."""

from datetime import date
from pathlib import Path

import sqlalchemy as sa

from schemas.period import Period
from tests.integration.builders import Report, Unreadable, build_batch
from tests.integration.facts import DISTRICT
from warehouse.compute import compute
from warehouse.engine import Engine
from warehouse.load import load
from warehouse.publish import Published, publish
from warehouse.register import find_indicator, wanted_indicator
from warehouse.values import Figure, Value, indicator_values, number
from warehouse.working import candidate


def publish_all(
    engine: Engine, *files: Report | Unreadable, day: date | None = None, site: Path | None = None
) -> Published:
    """Load files in the order in which they arrived, and publish."""
    load(engine, build_batch(*files))
    return publish(engine, "test", day=day, site=site)


def load_all(engine: Engine, *files: Report | Unreadable) -> None:
    """Load files in the order in which they arrived."""
    load(engine, build_batch(*files))


def amount_of(engine: Engine, indicator: str, period: str, unit_code: str = DISTRICT) -> Figure:
    """One value as computed from what is known now, published or not: nothing else is computed."""
    wanted = Period.parse(period)
    c = candidate.c
    statement = sa.select(c.value).where(
        *(c.unit_code == unit_code, c.period_kind == wanted.kind, c.dimension == ""),
        *(c.start_on == wanted.start_on, c.end_on == wanted.end_on),
    )
    with engine.begin() as connection:
        compute(connection, [wanted_indicator(indicator)], wanted)
        found = connection.execute(statement).scalar_one()
        connection.rollback()
    return number(found)


def value_of(engine: Engine, indicator: str, period: str, unit_code: str = DISTRICT) -> Value:
    """One published value by the indicator's id or code."""
    wanted = find_indicator(indicator)
    assert wanted, indicator
    values = indicator_values(engine, Period.parse(period), unit_code).indicators
    return next(value for value in values if value.id == wanted.id)
