"""ACC and INC: accidents and incidents, each counted once, where and when it happened."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from schemas.reference import reference_values
from tests.integration.plain.registry import Part, Window, dated, stock, window
from tests.integration.plain.reports import Line, World, newest

_STAGES = ("flash", "follow_up", "verified", "closed", "cancelled")
# 国务院令第493号第三条: from how many on an accident is of grade 2, 3 and 4.
_DEATHS, _SERIOUS, _LOSS_WAN = (3, 10, 30), (10, 50, 100), (1_000, 5_000, 10_000)
_LEAST_LOSS_WAN = 100
_INVESTIGATED_WITHIN = timedelta(days=60)
_ENTERED_WITHIN = timedelta(hours=24)


@dataclass(frozen=True)
class _Accident:
    """An accident that counts; ``told`` is the report that wins, the numbers of people are those that count."""

    told: Line
    number: str
    town: str
    on: date
    deaths: int
    serious: int
    minor: int
    loss_wan: Fraction
    grade: int


def _accidents(world: World) -> Iterator[_Accident]:
    reports: dict[str, list[Line]] = {}
    for line in world.rows("accident"):
        reports.setdefault(line["accident_no"], []).append(line)
    for number, lines in reports.items():
        told = max(lines, key=_rank)
        hurt = max((line for line in lines if _is_in_time(line)), key=_rank, default=told)
        if told["stage"] != "cancelled" and told["is_production"] and _is_in_scope(told, hurt):
            yield _Accident(
                told,
                number,
                told["town_code"],
                told["occurred_at"].date(),
                hurt["deaths"],
                hurt["serious_injuries"],
                hurt["minor_injuries"],
                told["direct_loss_wan"] or Fraction(0),
                _grade(hurt, told["direct_loss_wan"] or Fraction(0)),
            )


def _rank(line: Line) -> tuple[int, bool, date, tuple[int, int]]:
    """Rules X01, X02: the later stage, then the department whose industry it is, then the later report."""
    return _STAGES.index(line["stage"]), line["reporter_role"] == "industry", line.month, line.order


def _is_in_time(line: Line) -> bool:
    """第十三条: casualties change within 30 days, of road traffic and fire within 7, the last day included."""
    days = 7 if line["sector"] in ("road_transport", "fire") else 30
    entered = line["entered_at"] or line.received_at
    return bool(entered.date() <= line["occurred_at"].date() + timedelta(days=days))


def _is_in_scope(told: Line, hurt: Line) -> bool:
    """安监总厅统计〔2016〕80号第五条: nobody hurt and little lost is outside, unless somebody wrote why it is not."""
    people = ("deaths", "missing_persons", "serious_injuries", "minor_injuries")
    return (
        any(hurt[column] for column in people)
        or (told["direct_loss_wan"] or 0) >= _LEAST_LOSS_WAN
        or told["override_reason"] not in (None, "无")
    )


def _grade(hurt: Line, loss_wan: Fraction) -> int:
    """The worst of three; who is missing counts with the dead."""
    measured: Sequence[tuple[Fraction | int, Sequence[int]]] = (
        (hurt["deaths"] + hurt["missing_persons"], _DEATHS),
        (hurt["serious_injuries"], _SERIOUS),
        (loss_wan, _LOSS_WAN),
    )
    return 1 + max(sum(number >= limit for limit in limits) for number, limits in measured)


@dated("ACC01", "accident")
def _all(world: World) -> Iterable[Part]:
    return (Part(each.town, on=each.on) for each in _accidents(world))


@dated("ACC02", "accident")
def _deaths(world: World) -> Iterable[Part]:
    return (Part(each.town, each.deaths, on=each.on) for each in _accidents(world))


@dated("ACC03", "accident")
def _serious(world: World) -> Iterable[Part]:
    return (Part(each.town, each.serious, on=each.on) for each in _accidents(world))


@dated("ACC04", "accident")
def _injured(world: World) -> Iterable[Part]:
    return (Part(each.town, each.serious + each.minor, on=each.on) for each in _accidents(world))


@dated("ACC05", "accident")
def _loss(world: World) -> Iterable[Part]:
    return (Part(each.town, each.loss_wan, on=each.on) for each in _accidents(world))


@dated("ACC06", "accident")
def _major(world: World) -> Iterable[Part]:
    return (Part(each.town, on=each.on) for each in _accidents(world) if each.grade >= 2)


@dated("ACC07", "accident")
def _fatal(world: World) -> Iterable[Part]:
    return (Part(each.town, on=each.on) for each in _accidents(world) if each.deaths)


@stock("ACC08", "accident", over_units="min")
def _days_since_fatal(world: World, when: Window) -> Iterator[Part]:
    """Of every township; where nobody died since anything is known, all the days of that time."""
    fatal = [each for each in _accidents(world) if each.deaths and each.on <= when.last_day]
    before_all = world.months[0] - timedelta(days=1)
    for code, versions in world.register.versions.items():
        if any(unit.level == "township" and unit.is_valid(when.last_day) for unit in versions):
            days = [each.on for each in fatal if each.town == code]
            yield Part(code, (when.last_day - max(days, default=before_all)).days, is_said=bool(days))


@dated("ACC09", "accident", ratio=100)
def _entered_in_time(world: World) -> Iterator[Part]:
    """By the first report of an accident that has both times."""
    for each in _accidents(world):
        lines = [line for line in world.rows("accident") if line["accident_no"] == each.number]
        timed = [line for line in lines if line["received_at"] and line["entered_at"]]
        if timed:
            first = min(timed, key=lambda line: (line["entered_at"], line.order))
            yield Part(each.town, first["entered_at"] - first["received_at"] <= _ENTERED_WITHIN, 1, each.on)


@dated("ACC10", "accident", ratio=100)
def _investigated_in_time(world: World) -> Iterator[Part]:
    for each in _accidents(world):
        submitted, due = each.told["investigation_submitted_on"], each.on + _INVESTIGATED_WITHIN
        yield Part(each.town, submitted is not None and submitted <= due, 1, due)


@window("ACC11", "accident", ratio=100_000)
def _deaths_of_residents(world: World, when: Window) -> Iterator[Part]:
    yield from _dead_of("residents", world, when)


@window("ACC12", "accident", ratio=1)
def _deaths_of_gdp(world: World, when: Window) -> Iterator[Part]:
    if when.period.kind == "year":
        yield from _dead_of("gdp", world, when)


def _dead_of(name: str, world: World, when: Window) -> Iterator[Part]:
    """Who died in the period, and the figure of the district that holds on its last day."""
    yield from (Part(each.town, each.deaths, 0) for each in _accidents(world) if each.deaths and when.has(each.on))
    for value in reference_values():
        last = when.period.end_on - timedelta(days=1)
        if value.name == name and value.start <= last and (value.end is None or last < value.end):
            yield Part(value.unit_code, 0, Fraction(value.amount), is_said=False)


def _incidents(world: World) -> Iterator[tuple[Line, Part]]:
    for line in newest(world.rows("incident"), lambda line: line["incident_no"]):
        yield line, Part(line["town_code"], on=line["occurred_at"].date())


@dated("INC01", "incident")
def _gas_leaks(world: World) -> Iterable[Part]:
    return (part for line, part in _incidents(world) if line["incident_type"] == "gas_leak")


@dated("INC02", "incident")
def _municipal(world: World) -> Iterable[Part]:
    of_works = ("gas_leak", "municipal_works")
    return (part for line, part in _incidents(world) if (line["incident_type"], line["cause_code"]) == of_works)


@dated("INC03", "incident")
def _near_misses(world: World) -> Iterable[Part]:
    return (part for line, part in _incidents(world) if line["incident_type"] == "major_near_miss")
