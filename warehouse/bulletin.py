"""Which publication the bulletin of a period was made from."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from schemas.calendar import due_at
from schemas.period import Period, add_months
from warehouse.mart import publication

# The bulletin on a month goes out on the 8th working day of the next one (domain catalogue, section 8).
BULLETIN_WORKDAY = 8


def bulletin_of(connection: Connection, period: Period) -> RowMapping | None:
    """The last publication by the day of the bulletin on a period; None where there was none yet.

    Raises:
        CalendarEndsError: the day is not known.
    """
    day = due_at(add_months(period.end_on, -1), BULLETIN_WORKDAY).date()
    statement = sa.select(publication).where(publication.c.day <= day)
    latest = statement.order_by(publication.c.publication_id.desc()).limit(1)
    return connection.execute(latest).mappings().one_or_none()
