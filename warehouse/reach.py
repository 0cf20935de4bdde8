"""How far into a period the published values reach: a year that is not over has the values of its first months."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from schemas.period import Period
from warehouse.mart import indicator_value


def last_month(engine: Engine, period: Period, unit_code: str) -> date | None:
    """The last month of the period that has published values of a unit; None where none has."""
    value = indicator_value.c
    statement = sa.select(sa.func.max(value.start_on)).where(
        value.unit_code == unit_code,
        value.period_kind == "month",
        value.start_on >= period.start_on,
        value.start_on < period.end_on,
    )
    with engine.connect() as connection:
        month: date | None = connection.execute(statement).scalar_one()
    return month
