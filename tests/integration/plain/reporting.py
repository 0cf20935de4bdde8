"""SUB: how units report. What a unit owes is known without its saying so: a silent one has sent none, not "—"."""

from collections.abc import Iterable, Iterator
from datetime import date

from schemas.calendar import due_at
from schemas.form import load_forms
from schemas.period import add_months
from tests.integration.plain.registry import Part, Window, dated, stock
from tests.integration.plain.reports import Arrival, World

_FORMS = tuple(load_forms())


def _first_arrivals(world: World) -> dict[tuple[str, str, date], Arrival]:
    """What came first for each report, whatever became of it."""
    first: dict[tuple[str, str, date], Arrival] = {}
    for each in sorted(world.arrivals, key=lambda each: (each.received_at, each.number)):
        first.setdefault((each.form, each.unit, each.month), each)
    return first


@dated("SUB01", *_FORMS)
def _due(world: World) -> Iterable[Part]:
    return (Part(unit, on=month) for _, unit, month in world.owed)


@dated("SUB02", *_FORMS, ratio=100)
def _submitted(world: World) -> Iterator[Part]:
    for form, unit, month in world.owed:
        is_there = world.report(form, unit, month) is not None
        yield Part(unit, is_there, 1, month, {"form": form})


@dated("SUB03", *_FORMS, ratio=100)
def _in_time(world: World) -> Iterator[Part]:
    first = _first_arrivals(world)
    for form, unit, month in world.owed:
        arrival = first.get((form, unit, month))
        is_in_time = arrival is not None and arrival.received_at <= due_at(month, load_forms()[form].due_workday)
        yield Part(unit, is_in_time, 1, month, {"form": form})


@dated("SUB04", *_FORMS, ratio=100)
def _zero(world: World) -> Iterator[Part]:
    for form, unit, month in world.owed:
        if report := world.report(form, unit, month):
            yield Part(unit, report.situation == "zero", 1, month)


@dated("SUB05", *_FORMS, ratio=100)
def _at_once(world: World) -> Iterator[Part]:
    first = _first_arrivals(world)
    for form, unit, month in world.owed:
        if arrival := first.get((form, unit, month)):
            yield Part(unit, not arrival.is_rejected, 1, month)


@stock("SUB06", *_FORMS, over_units="max")
def _zeros_running(world: World, when: Window) -> Iterator[Part]:
    """Back from the last month as long as a unit owes the form and says that nothing happened."""
    for form, unit, last in world.owed:
        if last != when.last_month:
            continue
        months = 0
        while _is_zero(world, form, unit, add_months(last, -months)):
            months += 1
        if months:
            yield Part(unit, months)


def _is_zero(world: World, form: str, unit: str, month: date) -> bool:
    report = world.report(form, unit, month)
    return (form, unit, month) in world.owed and report is not None and report.situation == "zero"


@dated("SUB07", *_FORMS)
def _missing(world: World) -> Iterable[Part]:
    return (
        Part(unit, on=month, members={"form": form})
        for form, unit, month in world.owed
        if world.report(form, unit, month) is None
    )


@dated("SUB08", *_FORMS)
def _revised(world: World) -> Iterable[Part]:
    return (Part(unit, on=month) for unit, month in world.revised)
