"""The candidate against what is published: behind a value that jumps are a report, an act or another definition."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from schemas.indicator import Indicator
from schemas.period import Period
from warehouse import tables as t
from warehouse.causes import causes, vintage
from warehouse.compute import months_known
from warehouse.gate_before import Before
from warehouse.register import load_indicators
from warehouse.scripts import query
from warehouse.working import indicator_setting

# Without a reason a value may change by half of what it was, a share by so many points; 是/否 and 0 not at all.
BOUND = 0.5
BOUND_POINTS = 20
# So many without a reason are enough to stop a publication: further ones are not looked into.
ENOUGH = 10


@dataclass(frozen=True)
class _Jump:
    indicator: Indicator
    period: Period
    unit_code: str
    unit_name: str

    @property
    def place(self) -> str:
        return f"{self.unit_name} {self.period.label}"


def jump_frame(connection: Connection, before: Before) -> pd.DataFrame:
    """A line for each indicator: how many of its values jump without a reason (``unexplained``).

    After a change of program, definitions or units these are what they explain, and are counted as ``redefined``.
    """
    found = list(_without_report(connection, before))
    kept = found if before.is_redefined else list(_without_cause(connection, before, found))
    column, other = ("redefined", "unexplained") if before.is_redefined else ("unexplained", "redefined")
    places: dict[str, list[str]] = {}
    for jump in kept:
        places.setdefault(jump.indicator.id, []).append(jump.place)
    lines = [
        {
            "place": load_indicators()[each].name,
            column: len(places.get(each, ())),
            f"{column}_at": places.get(each, [])[:3],
            other: 0,
        }
        for each in connection.execute(sa.select(indicator_setting.c.indicator_id)).scalars()
    ]
    return pd.DataFrame(lines, columns=["place", "unexplained", "unexplained_at", "redefined", "redefined_at"])


def _without_report(connection: Connection, before: Before) -> Iterator[_Jump]:
    """The jumps in whose unit no report came or went that the indicator rests on."""
    asked = {
        "since": before.moment,
        "months": before.changed_months(months_known(connection)),
        "rate": BOUND,
        "points": BOUND_POINTS,
    }
    for row in connection.execute(query("audit_jump"), asked):
        if not row.is_explained:
            period = Period(row.period_kind, row.start_on, row.end_on)
            yield _Jump(load_indicators()[row.indicator_id], period, row.unit_code, row.unit_name)


def _without_cause(connection: Connection, before: Before, jumps: Sequence[_Jump]) -> Iterator[_Jump]:
    """Those that no report of another unit explains either: an accident that a department took over, say."""
    if not jumps:
        return
    now = connection.execute(sa.select(t.clock.c.moment)).scalar_one()
    names = {row.code: row.name for row in connection.execute(sa.select(t.unit.c.code, t.unit.c.name))}
    attempt = connection.begin_nested()
    vintages = (vintage(connection, before.moment), vintage(connection, now))
    count = 0
    for (indicator_id, period), group in _by_period(jumps):
        found = causes(connection, load_indicators()[indicator_id], "value", period, 0, vintages, names, [""])
        for jump in group:
            if (jump.unit_code, "", "") not in found:
                count += 1
                yield jump
        if count >= ENOUGH:
            break
    # The views tell what is known again.
    attempt.rollback()


def _by_period(jumps: Iterable[_Jump]) -> Iterator[tuple[tuple[str, Period], list[_Jump]]]:
    def key(jump: _Jump) -> tuple[str, Period]:
        return jump.indicator.id, jump.period

    ordered = sorted(jumps, key=lambda jump: (jump.indicator.id, jump.period.kind, jump.period.start_on))
    return ((of, list(group)) for of, group in groupby(ordered, key))
