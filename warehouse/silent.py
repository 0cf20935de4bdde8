"""Which units have not reported what a value rests on."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from schemas.indicator import Indicator
from schemas.lineage import eras, own_spans, standings, version_at
from schemas.period import Period, add_months
from warehouse.lineage import known_versions

_OWED = sa.table("known_owed", *map(sa.column, ("unit_code", "form", "month", "submission_id")), schema="form")


@dataclass(frozen=True)
class Silent:
    """The reports of a period that are owed and not there: form, month and the name that the unit had in it."""

    missing: tuple[tuple[str, date, str], ...]
    last_month: date

    def names(self, indicator: Indicator, count: int) -> tuple[str, ...]:
        """The units whose reports an indicator waits for, each once; none where none is missing (``count`` is 0)."""
        if not count:
            return ()
        # What stands at the end of a period rests on the reports of its last month.
        since = self.last_month if indicator.over_time == "end" else date.min
        found = (name for form, month, name in self.missing if form in indicator.forms and month >= since)
        return tuple(dict.fromkeys(found))


def find_silent(connection: Connection, period: Period, unit_code: str) -> Silent:
    """The reports of a period that a unit and all below it owe, as known, in the order of the units."""
    missing = sa.select(_OWED.c.form, _OWED.c.month, _OWED.c.unit_code).where(
        _OWED.c.submission_id.is_(None), _OWED.c.month >= period.start_on, _OWED.c.month < period.end_on
    )
    rows = connection.execute(missing.order_by(_OWED.c.unit_code, _OWED.c.month, _OWED.c.form)).all()
    last_month = add_months(period.end_on, -1)
    if not rows:
        return Silent((), last_month)
    versions = known_versions(connection)
    below = [each for each in standings(own_spans(eras(versions))) if each.above_code == unit_code]
    spans: dict[str, list[tuple[date, date]]] = {each.unit_code: [] for each in below}
    for each in below:
        spans[each.unit_code].append((each.since, each.until))
    found = [
        (row.form, row.month, version_at(versions[row.unit_code], row.month).name)
        for row in rows
        if any(since <= row.month < until for since, until in spans.get(row.unit_code, ()))
    ]
    return Silent(tuple(found), last_month)
