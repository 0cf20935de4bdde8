"""PLN, DRL, TEM, SUP and RSK: what stands in the lists of units, and drills."""

from collections.abc import Iterable, Iterator
from datetime import date

from schemas.period import add_months
from tests.integration.plain.registry import Part, Window, dated, stock
from tests.integration.plain.reports import Line, World, newest


@dated("PLN01", "plan_drill")
def _revised(world: World) -> Iterable[Part]:
    """A revision stands in every later list; it is one of its day."""
    revisions = {(line.unit, line["plan_no"], line["revised_on"]) for line in world.rows("plan")}
    return (Part(unit, on=on) for unit, _, on in revisions if on)


@stock("PLN02", "plan_drill", ratio=100)
def _filed(world: World, when: Window) -> Iterator[Part]:
    for line in world.standing("plan", when.last_month):
        is_filed = line["filed_on"] is not None and line["filed_on"] <= when.last_day
        yield Part(line.unit, is_filed and _lasts(line["valid_until"], when.last_day, unsaid=False), 1)


def _lasts(until: date | None, day: date, *, unsaid: bool) -> bool:
    """Whether it is valid on the day; the day until which it is valid is one of them (有效期至 …（含）)."""
    return unsaid if until is None else until >= day


def _drills(world: World) -> list[Line]:
    return newest(world.rows("drill"), lambda line: (line.unit, line["drill_no"]))


@dated("DRL01", "plan_drill")
def _number(world: World) -> Iterable[Part]:
    return (Part(line.unit, on=line["held_on"]) for line in _drills(world))


@dated("DRL02", "plan_drill")
def _participants(world: World) -> Iterable[Part]:
    return (Part(line.unit, line["participants"], on=line["held_on"]) for line in _drills(world))


def _owing(world: World, form: str, day: date) -> set[str]:
    """The units that stand and owe a form on a day."""
    return {
        duty.unit_code
        for duty in world.register.duties()
        if duty.form == form and duty.valid_from <= day and (duty.valid_to is None or day < duty.valid_to)
        if any(unit.is_valid(day) for unit in world.register.versions[duty.unit_code])
    }


@stock("DRL03", "plan_drill", ratio=100)
def _statutory(world: World, when: Window) -> Iterator[Part]:
    """生产安全事故应急条例第八条: once in two years; enterprises name no drill of theirs."""
    since = add_months(when.last_month, -23)
    drilled = {line.unit for line in _drills(world) if since <= line["held_on"] <= when.last_day}
    for unit in _owing(world, "plan_drill", when.last_day):
        yield Part(unit, unit in drilled, 1, is_said=unit in drilled)


@stock("TEM01", "team_supply")
def _teams(world: World, when: Window) -> Iterable[Part]:
    return (
        Part(line.unit, members={"team_type": line["team_type"]}) for line in world.standing("team", when.last_month)
    )


@stock("TEM02", "team_supply")
def _members(world: World, when: Window) -> Iterable[Part]:
    return (Part(line.unit, line["full_time"] + line["part_time"]) for line in world.standing("team", when.last_month))


@stock("SUP01", "team_supply", ratio=100)
def _at_quota(world: World, when: Window) -> Iterator[Part]:
    for line in world.standing("supply", when.last_month):
        if line["quota"] is not None:
            is_fresh = _lasts(line["expires_on"], when.last_day, unsaid=True)
            yield Part(line.unit, line["stock"] >= line["quota"] and is_fresh, 1)


@stock("SUP02", "team_supply", ratio=100)
def _surveyed(world: World, when: Window) -> Iterator[Part]:
    """A list counts by the month in which it was written: "as before" makes it no younger."""
    since = add_months(when.last_month, -11)
    listed = {line.unit for line in world.rows("supply") if since <= line.month <= when.last_day}
    for unit in _owing(world, "team_supply", when.last_day):
        yield Part(unit, unit in listed, 1, is_said=unit in listed)


@stock("RSK01", "risk")
def _red(world: World, when: Window) -> Iterable[Part]:
    return (
        Part(line.unit, members={"sector": line["sector"]})
        for line in world.standing("risk", when.last_month)
        if line["risk_colour"] == "red"
    )


@stock("RSK02", "risk", ratio=100)
def _dual_prevention(world: World, when: Window) -> Iterable[Part]:
    return (Part(line.unit, line["dual_prevention"] == "built", 1) for line in world.standing("risk", when.last_month))
