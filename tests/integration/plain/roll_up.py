"""From parts to values: up the tree of units, over the months of a period, and divided last."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TypeAlias

from schemas.period import Period
from schemas.unit import DISTRICT
from tests.integration.plain.registry import RULES, Number, Part, Rule, Window
from tests.integration.plain.reports import World
from tests.integration.plain.tree import Tree

# Unit, and dimension and member of a breakdown, both empty for the whole.
Slot: TypeAlias = tuple[str, str, str]
# Code of the indicator, unit, period, dimension, member.
Key: TypeAlias = tuple[str, str, Period, str, str]


@dataclass(frozen=True)
class Figure:
    """A value, and what it was made of; None where nobody reported or there is nothing to divide by."""

    value: Number | None
    numerator: Number | None
    denominator: Number | None


@dataclass
class _Sum:
    """What came together in a slot; ``things`` are counted once each, ``said`` are the rows it rests on."""

    numerator: Number = 0
    denominator: Number = 0
    numbers: list[Number] = field(default_factory=list)
    things: set[str] = field(default_factory=set)
    said: int = 0

    def add(self, part: Part) -> None:
        self.numerator += part.numerator
        self.denominator += part.denominator or 0
        self.numbers.append(part.numerator)
        self.things |= {part.thing} if part.thing else set()
        self.said += part.is_said

    def merge(self, other: "_Sum") -> None:
        self.numerator += other.numerator
        self.denominator += other.denominator
        self.said += other.said


_Sums: TypeAlias = dict[Slot, _Sum]


def figures(world: World) -> dict[Key, Figure]:
    """Every value of every indicator, unit, period and member that there should be."""
    trees = _Trees(world)
    return {key: figure for rule in RULES.values() for key, figure in _figures(rule, world, trees)}


class _Trees(dict[date, Tree]):
    """The tree of each month, grown when it is asked for."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world

    def __missing__(self, month: date) -> Tree:
        self[month] = Tree(self.world.register, month)
        return self[month]


def _figures(rule: Rule, world: World, trees: _Trees) -> Iterator[tuple[Key, Figure]]:
    by_month = _by_month(rule, world, trees)
    reports = _reports(rule, world, trees)
    for period in world.periods:
        sums = _of_months(by_month, period) if rule.dated else _of_window(rule, world, period, trees)
        months = period.months()[-1:] if rule.is_stock else period.months()
        due = {unit for month in months for unit in reports.get(month, {})}
        received = {unit for month in months for unit, has_come in reports.get(month, {}).items() if has_come}
        for slot in {*sums, (DISTRICT, "", ""), *((unit, "", "") for unit in due)}:
            found = sums.get(slot, _Sum())
            is_known = found.said > 0 or slot[0] in received
            yield (rule.code, slot[0], period, *slot[1:]), _figure(rule, found, is_known=is_known)


def _by_month(rule: Rule, world: World, trees: _Trees) -> Mapping[date, _Sums]:
    """The sums of dated parts by month, up the tree of each month."""
    sums: dict[date, _Sums] = defaultdict(lambda: defaultdict(_Sum))
    for part in filter(_is_something, rule.dated(world) if rule.dated else ()):
        assert part.on, part
        month = part.on.replace(day=1)
        _climb(part, trees[month].lines, sums[month])
    return sums


def _of_months(by_month: Mapping[date, _Sums], period: Period) -> _Sums:
    sums: _Sums = defaultdict(_Sum)
    for month in period.months():
        for slot, found in by_month.get(month, {}).items():
            sums[slot].merge(found)
    return sums


def _of_window(rule: Rule, world: World, period: Period, trees: _Trees) -> _Sums:
    """The sums of a period, under what the units had become in its last month."""
    assert rule.in_window, rule.code
    sums: _Sums = defaultdict(_Sum)
    parts = rule.in_window(world, Window.of(period, world))
    for part in filter(_is_something, parts) if rule.over_units == "sum" else parts:
        _climb(part, trees[period.months()[-1]].heirs, sums)
    return sums


def _is_something(part: Part) -> bool:
    """An accident in which nobody died says nothing of deaths; that there were none the reports of the place say."""
    return bool(part.numerator) or part.denominator is not None


def _climb(part: Part, lines: Mapping[str, Iterable[str]], sums: _Sums) -> None:
    slots = [("", ""), *((dimension, member) for dimension, member in part.members.items() if member is not None)]
    for unit in lines[part.unit]:
        for dimension, member in slots:
            sums[unit, dimension, member].add(part)


def _reports(rule: Rule, world: World, trees: _Trees) -> Mapping[date, Mapping[str, bool]]:
    """By month the units below which somebody owes one of the forms, and whether any of these reports is there."""
    found: dict[date, dict[str, bool]] = defaultdict(dict)
    for form, unit, month in world.owed:
        if form in rule.forms:
            has_come = world.report(form, unit, month) is not None
            for above in trees[month].lines[unit]:
                found[month][above] = found[month].get(above, False) or has_come
    return found


def _figure(rule: Rule, found: _Sum, *, is_known: bool) -> Figure:
    if not is_known:
        return Figure(None, None, None)
    numerator = _numerator(rule, found)
    denominator = found.denominator if rule.ratio or rule.is_all else None
    return Figure(_value(rule, numerator, denominator), numerator, denominator)


def _numerator(rule: Rule, found: _Sum) -> Number | None:
    if rule.over_units == "distinct":
        return len(found.things)
    if rule.over_units == "min":
        return min(found.numbers, default=None)
    if rule.over_units == "max":
        return max(found.numbers, default=0)
    return found.numerator


def _value(rule: Rule, numerator: Number | None, denominator: Number | None) -> Number | None:
    if denominator is None or numerator is None:
        return numerator
    if not denominator:
        return None
    if rule.is_all:
        return int(numerator == denominator)
    return Fraction(numerator) * (rule.ratio or 1) / Fraction(denominator)
