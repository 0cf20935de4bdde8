"""The rules of counting in plain Python: every number that follows from what is known at a moment."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from schemas.period import Period, add_months, periods_of
from tests.integration.model import Taken, World, heir
from tests.integration.model_events import CANCELLED, Accident, Training

FORM_OF = {"TRN01": "training", "TRN02": "training", "ACC01": "accident", "ACC02": "accident", "ACC04": "accident"}
DISTRICT = "340404"
_LAG = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
Place = tuple[str, str, Period]
Duties = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Number:
    """A value (None: nobody said anything) with its comparisons and the reports due and received."""

    value: int | None
    year_ago: int | None
    previous: int | None
    expected: int
    received: int
    year_ago_expected: int
    year_ago_received: int


@dataclass(frozen=True)
class _Sum:
    """What some months of some units add up to."""

    amount: int = 0
    rows: int = 0
    expected: int = 0
    received: int = 0

    def __add__(self, other: "_Sum") -> "_Sum":
        return _Sum(
            self.amount + other.amount,
            self.rows + other.rows,
            self.expected + other.expected,
            self.received + other.received,
        )

    @property
    def value(self) -> int | None:
        """Nothing happened is 0; nobody said anything is not."""
        return self.amount if self.rows + self.received else None


_Sums = Mapping[date, Mapping[str, _Sum]]


def numbers(world: World, owed: Duties) -> dict[Place, Number]:
    """Every number by indicator, unit and period; ``owed`` are the forms and the units that owe them while they are."""
    months = _months(world)
    periods = periods_of(months)
    contributed = list(_contributions(world))
    found: dict[Place, Number] = {}
    for indicator, form in FORM_OF.items():
        due = {unit for each, unit in owed if each == form}
        sums = _by_month(world, form, due, months)
        for code, unit, on, amount in contributed:
            if code == indicator:
                sums[on.replace(day=1)][unit] += _Sum(amount, rows=1)
        for period in periods:
            found |= {(indicator, unit, period): number for unit, number in _of_period(sums, period, periods, world)}
    return found


def _months(world: World) -> list[date]:
    """From the first to the last month of which a report is in force."""
    known = {taken.sent.month for taken in world.in_force}
    if not known:
        return []
    count = (max(known).year - min(known).year) * 12 + max(known).month - min(known).month + 1
    return [add_months(min(known), step) for step in range(count)]


def _by_month(
    world: World, form: str, due: Iterable[str], months: Iterable[date]
) -> defaultdict[date, defaultdict[str, _Sum]]:
    """The reports due and received, by month and the unit's own name."""
    received = {taken.sent.key for taken in world.in_force}
    sums: defaultdict[date, defaultdict[str, _Sum]] = defaultdict(lambda: defaultdict(_Sum))
    for month in months:
        for unit in due:
            if heir(unit, month, world.merged) == unit:
                sums[month][unit] = _Sum(expected=1, received=int((form, unit, month) in received))
    return sums


def _contributions(world: World) -> Iterator[tuple[str, str, date, int]]:
    """Indicator, unit, day and amount of all that counts."""
    for unit, training in _trainings(world):
        yield "TRN02", unit, training.ended_on, 1
        if training.by_district:
            yield "TRN01", unit, training.ended_on, 1
    for accident in _accidents(world):
        amounts = {"ACC01": 1, "ACC02": accident.deaths, "ACC04": accident.injured}
        yield from ((code, accident.town, accident.on, amount) for code, amount in amounts.items() if amount)


def _trainings(world: World) -> Iterator[tuple[str, Training]]:
    """One of each number of a unit: the latest month that lists it."""
    latest: dict[tuple[str, str], Training] = {}
    for taken in sorted(world.in_force, key=lambda taken: taken.sent.month):
        listed = {(taken.sent.unit, row.number): row for row in taken.sent.rows if isinstance(row, Training)}
        latest |= listed
    return ((unit, training) for (unit, _), training in latest.items())


def _accidents(world: World) -> Iterator[Accident]:
    """One of each number, with the casualties of the last report that was entered in time."""
    told: dict[str, list[tuple[Taken, Accident]]] = defaultdict(list)
    for taken in world.in_force:
        for row in taken.sent.rows:
            if isinstance(row, Accident):
                told[row.number].append((taken, row))
    for reports in told.values():
        latest = max(reports, key=_rank)[1]
        _, in_time = max((report for report in reports if _is_in_time(report[1])), key=_rank, default=(None, latest))
        if latest.stage != CANCELLED:
            yield replace(latest, deaths=in_time.deaths, injured=in_time.injured)


def _is_in_time(accident: Accident) -> bool:
    """Casualties change within 30 days, of road traffic and fire within 7 (国务院令第493号第十三条)."""
    days = 7 if accident.sector in ("road_transport", "fire") else 30
    return accident.entered_on - accident.on <= timedelta(days=days)


def _rank(report: tuple[Taken, Accident]) -> tuple[int, bool, date, int]:
    """The latest stage, then the department, then the latest month, then the latest arrival."""
    taken, row = report
    return row.stage, row.by_industry, taken.sent.month, taken.number


def _of_period(
    sums: _Sums, period: Period, periods: Sequence[Period | None], world: World
) -> Iterator[tuple[str, Number]]:
    """The numbers of a period by unit: the district, who owes a report, and where something happened."""
    now = _roll_up(sums, period, 0, world)
    year_ago = _roll_up(sums, period, 12, world) if period.a_year_ago() in periods else {}
    before = _roll_up(sums, period, _LAG[period.kind], world) if period.before() in periods else {}
    for unit in {DISTRICT, *now}:
        own, base, earlier = (part.get(unit, _Sum()) for part in (now, year_ago, before))
        yield (
            unit,
            Number(own.value, base.value, earlier.value, own.expected, own.received, base.expected, base.received),
        )


def _roll_up(sums: _Sums, period: Period, lag: int, world: World) -> dict[str, _Sum]:
    """The months that lie ``lag`` months before those of the period, under who stands for each unit in the latter."""
    total: dict[str, _Sum] = defaultdict(_Sum)
    for month in period.months():
        for own, part in sums.get(add_months(month, -lag), {}).items():
            for unit in (heir(own, month, world.merged), DISTRICT):
                total[unit] += part
    return dict(total)
