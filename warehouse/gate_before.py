"""What stood before a publication is computed: an audit compares the candidate with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from schemas.period import add_months
from warehouse import tables as t
from warehouse.mart import publication

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Before:
    """The moment of the last publication, and of what the values were computed then.

    ``is_redefined``: the program, its definitions or the units are others since. ``months`` are those that were known.
    """

    moment: datetime
    is_redefined: bool
    months: frozenset[date]

    def changed_months(self, known: Sequence[date]) -> list[date]:
        """The months that are known now and were not, or the other way round."""
        return sorted(self.months ^ set(known))


def look_before(connection: Connection) -> Before:
    """What stands, as long as nothing is computed anew."""
    moment = connection.execute(sa.select(sa.func.max(publication.c.published_at))).scalar_one()
    state = connection.execute(
        sa.select(t.computed_state, t.setup.c.fingerprint.label("program")).join(t.setup, sa.true())
    ).one_or_none()
    is_same = state is not None and state.fingerprint == state.program
    months = frozenset(_between(state.first_month, state.last_month)) if state and state.first_month else frozenset()
    return Before(moment or _NEVER, not is_same, months)


def _between(first: date, last: date) -> list[date]:
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [add_months(first, step) for step in range(count)]
