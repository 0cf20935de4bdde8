"""What became of units: who stands above whom in which months, and under whom the past of a unit is compared.

Versions of units are read as the days of a month's beginning have them: a change within a month shows in the next.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TypeAlias

from schemas.period import add_months
from schemas.unit_entry import Unit

Versions: TypeAlias = Mapping[str, Sequence[Unit]]
# The unit itself and all that stands above it, by unit.
Lines: TypeAlias = Mapping[str, frozenset[str]]
# Lines by months: since, until and the lines between.
Spans: TypeAlias = Sequence[tuple[date, date, Lines]]


@dataclass(frozen=True)
class Standing:
    """A unit counts under another (or itself) in the months from ``since`` up to but not including ``until``."""

    unit_code: str
    above_code: str
    since: date
    until: date


@dataclass(frozen=True)
class Shift:
    """What a base of comparison gains (``sign`` 1) or loses (-1) under a unit when seen ``months_later``."""

    months_later: int
    unit_code: str
    above_code: str
    since: date
    until: date
    sign: int


@dataclass(frozen=True)
class Era:
    """The tree of units in the months from ``since`` up to but not including ``until``.

    ``own`` are the lines of units under their own names, ``heirs`` those of what they had become by then.
    """

    since: date
    until: date
    own: Lines
    heirs: Lines


def version_at(versions: Sequence[Unit], on: date) -> Unit:
    """The version valid on that day; between two the one that ended, before the first the first."""
    begun = [version for version in versions if version.valid_from <= on]
    return begun[-1] if begun else versions[0]


def heirs(versions: Versions, code: str, on: date) -> frozenset[str]:
    """What the unit has become by that day: itself while it stands or nothing followed, else its successors' heirs."""
    version = version_at(versions[code], on)
    if version.valid_to is None or on < version.valid_to or not version.successors:
        return frozenset({code})
    return frozenset(heir for successor in version.successors for heir in heirs(versions, successor, on))


def heir(versions: Versions, code: str, on: date) -> str | None:
    """The one unit that the unit is or has become by that day; None when it was split."""
    found = heirs(versions, code, on)
    return next(iter(found)) if len(found) == 1 else None


def eras(versions: Versions) -> list[Era]:
    """The trees of units from the first to the last month there is, a new one where something differs."""
    found: list[Era] = []
    for since, until in pairwise([date.min, *_turns(versions), date.max]):
        tree = _Tree(versions, since)
        era = Era(since, until, {code: tree.own(code) for code in versions}, {c: tree.heirs(c) for c in versions})
        if found and (found[-1].own, found[-1].heirs) == (era.own, era.heirs):
            era = Era(found.pop().since, until, era.own, era.heirs)
        found.append(era)
    return found


def standings(spans: Spans) -> list[Standing]:
    """Who counts under whom in which months."""
    return [
        Standing(code, above, since, until)
        for since, until, lines in spans
        for code in sorted(lines)
        for above in sorted(lines[code])
    ]


def own_spans(found: Iterable[Era]) -> Spans:
    """The lines of units under their own names, by months."""
    return [(era.since, era.until, era.own) for era in found]


def heir_spans(found: Iterable[Era]) -> Spans:
    """The lines of what units have become, by months."""
    return [(era.since, era.until, era.heirs) for era in found]


def shifts(spans: Spans, later: Sequence[Era], months_later: int) -> list[Shift]:
    """What changes in months of the past when they are counted by the units of that many months later."""
    return [
        Shift(months_later, code, above, since, until, 1 if above in after.heirs[code] else -1)
        for first, last, lines in spans
        for since, until, after in _seen_later(first, last, later, months_later)
        for code in sorted(lines)
        if lines[code] != after.heirs[code]
        for above in sorted(lines[code] ^ after.heirs[code])
    ]


def _seen_later(first: date, last: date, later: Sequence[Era], months: int) -> Iterator[tuple[date, date, Era]]:
    """The parts of a span, each with the era in which it lies when seen so many months later."""
    for era in later:
        since = max(first, _earlier(era.since, months))
        until = min(last, _earlier(era.until, months))
        if since < until:
            yield since, until, era


def _earlier(day: date, months: int) -> date:
    return day if day in (date.min, date.max) else add_months(day, -months)


def _turns(versions: Versions) -> list[date]:
    """The first days of the months in which the tree of units may differ from the month before."""
    days = {version.valid_from for unit in versions.values() for version in unit}
    days |= {version.valid_to for unit in versions.values() for version in unit if version.valid_to}
    return sorted({day if day.day == 1 else add_months(day, 1) for day in days if day != date.min})


class _Tree:
    """The lines of all units on one day, each found once."""

    def __init__(self, versions: Versions, on: date) -> None:
        self._versions, self._on = versions, on
        self._lines: dict[str, frozenset[str]] = {}

    def own(self, code: str) -> frozenset[str]:
        """The unit and all above it; a parent that is no more is what it has become."""
        if code not in self._lines:
            # A ring of units that stand above each other ends where it began.
            self._lines[code] = frozenset({code})
            parent = version_at(self._versions[code], self._on).parent
            above = self.heirs(parent) if parent else frozenset()
            self._lines[code] = above | {code}
        return self._lines[code]

    def heirs(self, code: str) -> frozenset[str]:
        """The line of what the unit has become; of a unit that was split what stands above all its parts."""
        return frozenset.intersection(*(self.own(heir) for heir in heirs(self._versions, code, self._on)))
