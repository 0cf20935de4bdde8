"""What bulletins said and is not so any more."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from schemas.period import Period, add_months
from warehouse.bulletin import bulletin_of
from warehouse.changes import Changes, whole_values_changed
from warehouse.edition import Edition
from warehouse.engine import know_as_of
from warehouse.mart import publication, published_value


def revised_since_bulletins(
    connection: Connection, edition: Edition, period: Period, unit_code: str
) -> tuple[Changes, ...]:
    """The months before of which a unit's values changed since the last bulletin, and the month itself since its own.

    Args:
        connection: that of the edition.
        edition: the publication of which the next bulletin is made.
        period: the month that it is about.
        unit_code: whose values are compared.

    Raises:
        CalendarEndsError: the day of a bulletin is not known.
    """
    before = bulletin_of(connection, Period.of("month", add_months(period.start_on, -1)))
    own = bulletin_of(connection, period)
    since = before["publication_id"] if before else _first(connection)
    months = [(month, since) for month in _touched(connection, since, unit_code) if month < period.start_on]
    if own and period.start_on in _touched(connection, own["publication_id"], unit_code):
        months.append((period.start_on, own["publication_id"]))
    found = [whole_values_changed(connection, Period.of("month", month), then, unit_code) for month, then in months]
    know_as_of(connection, edition.published_at)
    return tuple(found)


def _first(connection: Connection) -> int:
    first: int = connection.execute(sa.select(sa.func.min(publication.c.publication_id))).scalar_one()
    return first


def _touched(connection: Connection, since: int, unit_code: str) -> list[date]:
    """The months of which a value ended or began after a publication."""
    value = published_value.c
    statement = sa.select(value.start_on).where(
        value.period_kind == "month",
        value.unit_code == unit_code,
        value.dimension == "",
        sa.or_(value.from_publication > since, value.to_publication > since),
    )
    return list(connection.execute(statement.distinct().order_by(value.start_on)).scalars())
