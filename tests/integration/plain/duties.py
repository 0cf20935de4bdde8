"""FLD, FOR, DIS, RSP and TIP: the month on duty, disasters, responsibility and tips."""

from collections.abc import Callable, Iterable, Iterator

from tests.integration.plain.registry import Number, Part, Window, dated, stock
from tests.integration.plain.reports import Line, World, newest

_STAGES = ("first", "follow_up", "verified")


@dated("FLD01", "duty_disaster", ratio=100)
def _filled(world: World) -> Iterable[Part]:
    return (
        Part(line.unit, line["duty_filled"], line["duty_due"], line.month)
        for line in world.rows("duty")
        if line["duty_due"]
    )


def _monthly(code: str, form: str, table: str, column: str) -> None:
    """Enter an indicator that adds up a column of a monthly table."""

    @dated(code, form)
    def parts(world: World) -> Iterable[Part]:
        return (Part(line.unit, line[column], on=line.month) for line in world.rows(table) if line[column])


_monthly("FOR01", "duty_disaster", "duty", "forest_fires")
_monthly("FOR02", "duty_disaster", "duty", "burnt_ha")
_monthly("RSP03", "responsibility_tip", "responsibility", "meetings")
_monthly("RSP04", "responsibility_tip", "responsibility", "assessed")


def _disaster(code: str, amount: Callable[[Line], Number], *members: str) -> None:
    """Enter an indicator of disasters: the last stage of each event in each township."""

    @dated(code, "duty_disaster")
    def parts(world: World) -> Iterable[Part]:
        lines = newest(
            world.rows("disaster"),
            lambda line: (line["disaster_no"], line["town_code"]),
            lambda line: _STAGES.index(line["stage"]),
        )
        return (
            Part(
                line["town_code"],
                amount(line),
                on=line["started_at"].date(),
                members={name: line[name] for name in members},
            )
            for line in lines
            if amount(line)
        )


_disaster("DIS01", lambda line: line["affected"] or 0, "disaster_type")
_disaster("DIS02", lambda line: (line["deaths"] or 0) + (line["missing_persons"] or 0))
_disaster("DIS03", lambda line: line["relocated"] or 0)
_disaster("DIS04", lambda line: line["loss_wan"] or 0, "disaster_type")


@stock("RSP01", "responsibility_tip", ratio=100)
def _signed(world: World, when: Window) -> Iterable[Part]:
    """Signed and due run on through the year: the last report of it by the end of the period."""
    told = [
        line
        for line in world.rows("responsibility")
        if line.month <= when.last_day and line.month.year == when.last_day.year
    ]
    return (
        Part(line.unit, line["letters_signed"], line["letters_due"]) for line in newest(told, lambda line: line.unit)
    )


def _tips(world: World) -> Iterator[Line]:
    for line in newest(world.rows("tip"), lambda line: line["tip_no"]):
        if line["accepted"]:
            yield line


@dated("TIP01", "responsibility_tip")
def _accepted(world: World) -> Iterable[Part]:
    return (Part(line.unit, on=line["received_on"], members={"category": line["category"]}) for line in _tips(world))


@dated("TIP02", "responsibility_tip", ratio=100)
def _confirmed(world: World) -> Iterable[Part]:
    is_so = ("confirmed", "partly_confirmed")
    return (
        Part(line.unit, line["finding"] in is_so, 1, line["closed_on"]) for line in _tips(world) if line["closed_on"]
    )


@dated("TIP03", "responsibility_tip", ratio=100)
def _closed_in_time(world: World) -> Iterator[Part]:
    for line in _tips(world):
        is_in_time = line["closed_on"] is not None and line["closed_on"] <= line["due_on"]
        yield Part(line.unit, is_in_time, 1, line["due_on"])


@dated("TIP04", "responsibility_tip")
def _rewards(world: World) -> Iterable[Part]:
    """Whether the tip was accepted or not: what was paid was paid."""
    return (
        Part(line.unit, line["reward_yuan"], on=line["closed_on"])
        for line in newest(world.rows("tip"), lambda line: line["tip_no"])
        if line["reward_yuan"] and line["closed_on"]
    )
