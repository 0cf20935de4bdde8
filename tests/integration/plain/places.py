"""OFF and COM: officers of the three levels, and model communities; they count where the place lies."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from tests.integration.plain.registry import Part, Window, dated, stock, window
from tests.integration.plain.reports import World, newest

_LEVELS = ("district", "township", "village")


@stock("OFF01", "officer_community")
def _officers(world: World, when: Window) -> Iterable[Part]:
    return (
        Part(line["place_code"], members={"level": line["level"]})
        for line in world.standing("officer", when.last_month)
    )


@window("OFF02", "officer_community", ratio=100)
def _trained(world: World, when: Window) -> Iterator[Part]:
    """Every place that stands on the last day, and whether any register names an officer trained in the period."""
    trained = {line["place_code"] for line in world.rows("officer") if when.has(line["last_trained_on"])}
    last = when.period.end_on - timedelta(days=1)
    for code, versions in world.register.versions.items():
        for unit in versions:
            if unit.level in _LEVELS and unit.is_valid(last):
                members = {"level": unit.level}
                yield Part(code, code in trained, 1, members=members, is_said=code in trained)


@window("OFF03", "officer_community", is_all=True)
def _all_trained(world: World, when: Window) -> Iterable[Part]:
    return (replace(part, members={}) for part in _trained(world, when))


@dated("COM01", "officer_community")
def _applied(world: World) -> Iterable[Part]:
    """One a community and year, whatever titles it wants; later lists have it again."""
    lines = newest(world.rows("community"), lambda line: (line["community_code"], line["year"]))
    return (
        Part(line["community_code"], on=line["applied_on"])
        for line in lines
        if line["applied_on"] and line["stage"] != "founding"
    )


@stock("COM02", "officer_community")
def _named(world: World, when: Window) -> Iterable[Part]:
    standing = world.standing("community", when.last_month)
    return map(Part, {line["community_code"] for line in standing if line["stage"] == "named"})
