"""TRN and PUB: trainings in the month in which they ended, and publicity."""

from collections.abc import Iterable, Iterator

from tests.integration.plain.registry import Part, Window, dated, window
from tests.integration.plain.reports import Line, World, newest


def _trainings(world: World) -> list[Line]:
    """The numbers are those of a unit: two units may use the same."""
    return newest(world.rows("training"), lambda line: (line.unit, line["training_no"]))


@dated("TRN01", "training")
def _of_the_bureau(world: World) -> Iterable[Part]:
    own = ("safety_knowledge", "district")
    return (
        Part(line.unit, on=line["ended_on"])
        for line in _trainings(world)
        if (line["category"], line["organizer_level"]) == own
    )


@dated("TRN02", "training")
def _all(world: World) -> Iterable[Part]:
    return (Part(line.unit, on=line["ended_on"]) for line in _trainings(world))


@dated("TRN03", "training")
def _participants(world: World) -> Iterable[Part]:
    return (
        Part(line.unit, line["participants"], on=line["ended_on"], members={"category": line["category"]})
        for line in _trainings(world)
        if line["participants"]
    )


@dated("TRN04", "training", ratio=100)
def _passed(world: World) -> Iterable[Part]:
    return (
        Part(line.unit, line["passed"] or 0, line["examined"], line["ended_on"])
        for line in _trainings(world)
        if line["examined"]
    )


@dated("TRN05", "training")
def _three_posts(world: World) -> Iterable[Part]:
    return (
        Part(line.unit, line["participants"], on=line["ended_on"])
        for line in _trainings(world)
        if line["category"] == "three_posts"
    )


def _activities(world: World) -> list[Line]:
    return newest(world.rows("publicity"), lambda line: (line.unit, line["activity_no"]))


@dated("PUB01", "publicity")
def _publicity(world: World) -> Iterable[Part]:
    return (Part(line.unit, on=line["held_on"]) for line in _activities(world))


@window("PUB02", "publicity", over_units="distinct")
def _kinds(world: World, when: Window) -> Iterator[Part]:
    for line in _activities(world):
        if when.has(line["held_on"]):
            yield from (Part(line.unit, thing=kind) for kind in line["five_entry"] or () if kind != "none")


@dated("PUB03", "publicity")
def _audience(world: World) -> Iterable[Part]:
    return (Part(line.unit, line["audience_count"] or 0, on=line["held_on"]) for line in _activities(world))


@dated("PUB04", "publicity")
def _leaflets(world: World) -> Iterable[Part]:
    return (Part(line.unit, line["materials"] or 0, on=line["held_on"]) for line in _activities(world))


@dated("PUB05", "publicity")
def _quiz(world: World) -> Iterable[Part]:
    return (
        Part(line.unit, line["online_count"] or 0, on=line["held_on"])
        for line in _activities(world)
        if "quiz" in (line["tag"] or ())
    )
