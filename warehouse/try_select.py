"""Whether the SELECTs of the office's own indicators can be computed, before a night depends on it."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from schemas.indicator import Indicator, IndicatorError
from warehouse.contributions import contributions
from warehouse.working import period


def try_selects(connection: Connection, indicators: Iterable[Indicator]) -> None:
    """Run each SELECT for its columns and their types, without a row.

    Raises:
        IndicatorError: PostgreSQL refuses one; the message has the reason.
    """
    for indicator in indicators:
        attempt = connection.begin_nested()
        try:
            period.create(connection, checkfirst=False)
            rows = contributions(indicator)
            figures = (sa.func.sum(rows.c.numerator), sa.func.sum(rows.c.denominator), sa.func.min(rows.c.on_date))
            connection.execute(sa.select(*figures, sa.func.min(rows.c.unit_code)).where(sa.false()))
            connection.execute(sa.select(rows).limit(0))
        except sa.exc.DBAPIError as error:
            raise IndicatorError(f"{indicator.code} {indicator.id}: SELECT: {str(error.orig).strip()}") from error
        finally:
            attempt.rollback()
