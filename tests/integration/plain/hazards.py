"""HAZ and the campaigns: hazards by their ledgers, each as the latest month says it stands."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from tests.integration.plain.registry import Part, Window, dated, stock, window
from tests.integration.plain.reports import Line, World, newest

_FIVE_ELEMENTS = ("responsible", "measures", "funds_wan", "due_on")


def _hazards(world: World, level: str | None = None) -> list[Line]:
    lines = newest(world.rows("hazard"), lambda line: line["hazard_no"])
    return [line for line in lines if level in (None, line["level"])]


def _is_open(line: Line, day: date) -> bool:
    """Found by the end of the day and not verified by then."""
    return bool(line["found_on"] <= day and (line["verified_on"] is None or line["verified_on"] > day))


def _kind(line: Line) -> Mapping[str, Any]:
    return {"level": line["level"], "sector": line["sector"]}


def _cohort(lines: Iterable[Line], when: Window, *members: str) -> Iterator[Part]:
    """Of those found in the period the verified by its end."""
    for line in lines:
        if when.has(line["found_on"]):
            is_verified = line["verified_on"] is not None and line["verified_on"] < when.period.end_on
            yield Part(line.unit, is_verified, 1, members={name: line[name] for name in members})


@dated("HAZ01", "hazard")
def _found(world: World) -> Iterable[Part]:
    return (Part(line.unit, on=line["found_on"], members=_kind(line)) for line in _hazards(world))


@dated("HAZ02", "hazard")
def _rectified(world: World) -> Iterable[Part]:
    return (
        Part(line.unit, on=line["verified_on"], members=_kind(line)) for line in _hazards(world) if line["verified_on"]
    )


@stock("HAZ03", "hazard")
def _open(world: World, when: Window) -> Iterable[Part]:
    return (Part(line.unit, members=_kind(line)) for line in _hazards(world) if _is_open(line, when.last_day))


@window("HAZ04", "hazard", ratio=100)
def _rectification(world: World, when: Window) -> Iterable[Part]:
    return _cohort(_hazards(world), when)


@dated("HAZ05", "hazard", ratio=100)
def _in_time(world: World) -> Iterator[Part]:
    for line in _hazards(world):
        is_in_time = line["verified_on"] is not None and line["verified_on"] <= line["due_on"]
        yield Part(line.unit, is_in_time, 1, line["due_on"])


@stock("HAZ06", "hazard")
def _overdue(world: World, when: Window) -> Iterable[Part]:
    after = when.last_day + timedelta(days=1)
    return (Part(line.unit) for line in _hazards(world) if _is_open(line, when.last_day) if line["due_on"] < after)


@dated("HAZ07", "hazard")
def _major(world: World) -> Iterable[Part]:
    return (
        Part(line.unit, on=line["found_on"], members={"sector": line["sector"]}) for line in _hazards(world, "major")
    )


@window("HAZ08", "hazard", ratio=100)
def _major_rectification(world: World, when: Window) -> Iterable[Part]:
    return _cohort(_hazards(world, "major"), when)


@window("HAZ09", "hazard", ratio=100)
def _five_elements(world: World, when: Window) -> Iterator[Part]:
    for line in _hazards(world, "major"):
        is_found = when.period.start_on <= line["found_on"] <= when.last_day
        if is_found or _is_open(line, when.last_day):
            has_all = all(line[name] is not None for name in _FIVE_ELEMENTS) and line["contingency"] is True
            yield Part(line.unit, has_all, 1)


@stock("HAZ10", "hazard")
def _supervised(world: World, when: Window) -> Iterable[Part]:
    return (
        Part(line.unit)
        for line in _hazards(world, "major")
        if _is_open(line, when.last_day) and line["supervision_level"] not in (None, "none")
    )


@dated("HAZ11", "hazard", ratio=1)
def _days(world: World) -> Iterable[Part]:
    return (
        Part(line.unit, (line["verified_on"] - line["found_on"]).days, 1, line["verified_on"])
        for line in _hazards(world)
        if line["verified_on"]
    )


def _in_campaign(world: World) -> list[Line]:
    return [line for line in _hazards(world) if line["campaign_code"] not in (None, "none")]


@dated("CMP02", "hazard")
def _of_campaigns(world: World) -> Iterable[Part]:
    return (
        Part(line.unit, on=line["found_on"], members={"campaign_code": line["campaign_code"]})
        for line in _in_campaign(world)
    )


@window("CMP03", "hazard", ratio=100)
def _rectification_of_campaigns(world: World, when: Window) -> Iterable[Part]:
    return _cohort(_in_campaign(world), when, "campaign_code")
