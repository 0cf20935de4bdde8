"""The clock of the warehouse: transaction time, in which every change is later than all changes before it."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from warehouse import tables as t

_STEP: sa.ColumnElement[timedelta] = sa.literal_column("interval '1 microsecond'")


def next_moment(connection: Connection, at: datetime | None = None) -> datetime:
    """The moment of a change that this transaction makes: strictly later than every change before it.

    It is the present, or ``at`` where a night is played as of an earlier day; never the future, and never earlier than
    what is recorded already, even when the server's clock was set back.
    """
    now: sa.ColumnElement[datetime] = sa.func.clock_timestamp()
    wanted = now if at is None else sa.func.least(sa.literal(at, t.Moment), now)
    statement = sa.update(t.clock).values(moment=sa.func.greatest(wanted, t.clock.c.moment + _STEP))
    moment: datetime = connection.execute(statement.returning(t.clock.c.moment)).scalar_one()
    return moment
