"""The months of which reports are still asked for."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from schemas.period import add_months
from warehouse import tables as t


def open_months(engine: Engine, until: date) -> list[date]:
    """The months that are not closed, from the first of which a report was ever accepted to ``until``.

    Of a warehouse without any it is the last one alone: nobody means to ask for the years before it was set up.
    """
    accepted = sa.select(sa.func.min(t.submission.c.month)).where(
        t.submission.c.status.in_(("accepted", "superseded", "withdrawn"))
    )
    closed = sa.select(t.month.c.month).where(t.month.c.state == "closed")
    with engine.connect() as connection:
        first = min(connection.execute(accepted).scalar_one() or until, until)
        ended = set(connection.execute(closed).scalars())
    count = 12 * (until.year - first.year) + until.month - first.month + 1
    return [month for step in range(count) if (month := add_months(first, step)) not in ended]
