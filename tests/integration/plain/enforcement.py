"""ENF, with what else the monthly figures of inspections give, and the progress of campaigns."""

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction

from tests.integration.plain.registry import Part, Window, dated, stock
from tests.integration.plain.reports import Line, World, newest

_YUAN_IN_WAN = 10_000


def _inspected(code: str, column: str, *members: str, where: Callable[[Line], bool] | None = None) -> None:
    """Enter an indicator that adds up a column of the inspections; a zero is no part."""

    @dated(code, "inspection")
    def parts(world: World) -> Iterable[Part]:
        return (
            Part(line.unit, line[column], on=line.month, members={name: line[name] for name in members})
            for line in world.rows("inspection")
            if line[column] and (where is None or where(line))
        )


def _is_for_a_campaign(line: Line) -> bool:
    return line["campaign_code"] not in (None, "none")


def _is_in_a_key_window(line: Line) -> bool:
    return line["key_window"] not in (None, "none")


_inspected("ENF01", "visits", "sector", "check_type", "campaign_code", "key_window")
_inspected("ENF03", "staff_times")
_inspected("ENF04", "documents", "sector")
_inspected("ENF05", "cases_opened", "sector")
_inspected("ENF09", "suspended")
_inspected("ENF10", "closed_down")
_inspected("ENF11", "to_justice")
_inspected("ENF13", "visits", where=lambda line: bool(line["check_type"] == "expert"))
_inspected("RSP02", "visits", "key_window", where=_is_in_a_key_window)
_inspected("CMP01", "visits", "campaign_code", where=_is_for_a_campaign)


@dated("HAZ12", "inspection", ratio=100)
def _hazards_of_visits(world: World) -> Iterator[Part]:
    for line in world.rows("inspection"):
        found = line["hazards_general"] + line["hazards_major"]
        if found or line["visits"]:
            yield Part(line.unit, found, line["visits"], line.month)


def _penalties(world: World) -> list[Line]:
    return newest(world.rows("penalty"), lambda line: line["decision_no"])


@dated("ENF06", "penalty")
def _number(world: World) -> Iterable[Part]:
    return (Part(line.unit, on=line["decided_on"], members={"sector": line["sector"]}) for line in _penalties(world))


@dated("ENF07", "penalty")
def _fines(world: World) -> Iterable[Part]:
    return (
        Part(line.unit, line["fine_yuan"] / _YUAN_IN_WAN, on=line["decided_on"], members={"sector": line["sector"]})
        for line in _penalties(world)
        if line["fine_yuan"]
    )


@dated("ENF08", "penalty")
def _fines_after_accidents(world: World) -> Iterable[Part]:
    return (
        Part(line.unit, line["fine_yuan"] / _YUAN_IN_WAN, on=line["decided_on"])
        for line in _penalties(world)
        if line["fine_yuan"] and line["is_accident_penalty"]
    )


@dated("ENF12", "inspection", "penalty", ratio=100)
def _penalties_of_visits(world: World) -> Iterator[Part]:
    yield from (Part(line.unit, 1, 0, line["decided_on"]) for line in _penalties(world))
    yield from (Part(line.unit, 0, line["visits"], line.month) for line in world.rows("inspection") if line["visits"])


@stock("CMP04", "campaign", ratio=100)
def _measures(world: World, when: Window) -> Iterable[Part]:
    """Each campaign of a unit as its last report by the end of the period has it: the figures run on."""
    told = [line for line in world.rows("campaign") if line.month <= when.last_day and line["measures_total"]]
    return (
        Part(
            line.unit,
            Fraction(line["measures_done"]),
            line["measures_total"],
            members={"campaign_code": line["campaign_code"]},
        )
        for line in newest(told, lambda line: (line.unit, line["campaign_code"], line["subplan_code"]))
    )
