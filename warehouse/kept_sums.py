"""Sums that were computed for the latest publication, kept so that the next night computes only what differs."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from warehouse import tables as t

_SUM_NOW = sa.table("sum_now", *(sa.column(column.name) for column in t.computed_sum.c))
_FIGURES = ("numerator", "denominator", "evidence", "received", "on_time")
_REPORT_DUE = sa.table("report_due", *(sa.column(column.name) for column in t.computed_report.c))


def is_computed(connection: Connection) -> bool:
    """Whether nothing at all was recorded since the kept sums were computed, by this program and these definitions."""
    state, clock = t.computed_state.c, t.clock.c
    same = sa.exists().where(state.fingerprint == t.setup.c.fingerprint, state.moment == clock.moment)
    return connection.execute(sa.select(same)).scalar_one()


def keep_state(connection: Connection, months: Sequence[date]) -> None:
    """Remember of what the sums are that are kept from this transaction on."""
    connection.execute(sa.delete(t.computed_state))
    first, last = _ends(months)
    state = sa.select(t.setup.c.fingerprint, t.clock.c.moment, sa.literal(first, sa.Date), sa.literal(last, sa.Date))
    names = [column.name for column in t.computed_state.c]
    connection.execute(sa.insert(t.computed_state).from_select(names, state.join(t.clock, sa.true())))


def forget(connection: Connection) -> None:
    """Let the next publication compute everything anew."""
    connection.execute(sa.delete(t.computed_state))


def stale(connection: Connection) -> list[tuple[str, int]]:
    """What is kept otherwise than this transaction computed it: by indicator, and by form of the reports, how many."""
    found: list[tuple[str, int]] = []
    for table, now, name in ((t.computed_sum, _SUM_NOW, "indicator_id"), (t.computed_report, _REPORT_DUE, "form")):
        kept, computed = (sa.select(*(of.c[column.name] for column in table.c)) for of in (table, now))
        places = [column.name for column in table.c if column.name not in _FIGURES]
        parts = [sa.except_(kept, computed).subquery(), sa.except_(computed, kept).subquery()]
        differing = sa.union(*(sa.select(*(part.c[place] for place in places)) for part in parts)).subquery()
        of_each = sa.select(differing.c[name], sa.func.count()).group_by(differing.c[name]).order_by(differing.c[name])
        found.extend((row[0], row[1]) for row in connection.execute(of_each))
    return found


def _ends(months: Sequence[date]) -> tuple[date | None, date | None]:
    return (months[0], months[-1]) if months else (None, None)
