"""A warehouse filled and published, and single values of it."""

from datetime import date
from pathlib import Path

from schemas.period import Period
from tests.integration.builders import Report, Unreadable, build_batch
from tests.integration.facts import DISTRICT
from warehouse.engine import Engine
from warehouse.load import load
from warehouse.publish import Published, publish
from warehouse.register import find_indicator
from warehouse.values import Value, indicator_values


def publish_all(
    engine: Engine, *files: Report | Unreadable, day: date | None = None, site: Path | None = None
) -> Published:
    """Load files in the order in which they arrived, and publish."""
    load(engine, build_batch(*files))
    return publish(engine, "test", day=day, site=site)


def value_of(engine: Engine, indicator: str, period: str, unit_code: str = DISTRICT) -> Value:
    """One published value by the indicator's id or code."""
    wanted = find_indicator(indicator)
    assert wanted, indicator
    values = indicator_values(engine, Period.parse(period), unit_code).indicators
    return next(value for value in values if value.id == wanted.id)
