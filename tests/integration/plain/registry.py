"""What an indicator counts, and how its parts make a value: one entry for each code of the catalogue."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal, TypeAlias

from schemas.period import Period, add_months
from tests.integration.plain.reports import World

Number: TypeAlias = Fraction | int
OverUnits = Literal["sum", "distinct", "min", "max"]


@dataclass(frozen=True)
class Window:
    """A period, and the last day in it of which anything is known."""

    period: Period
    last_day: date

    @classmethod
    def of(cls, period: Period, world: World) -> "Window":
        known_until = add_months(world.months[-1], 1)
        return cls(period, min(period.end_on, known_until) - timedelta(days=1))

    @property
    def last_month(self) -> date:
        """The month of the last day."""
        return self.last_day.replace(day=1)

    def has(self, day: date | None) -> bool:
        """Whether the day lies in the period."""
        return day is not None and self.period.start_on <= day < self.period.end_on


@dataclass(frozen=True)
class Part:
    """What one row adds to an indicator of a unit.

    ``thing`` is what is counted where things are counted once. A part that rests on no row (a place that nobody
    reported, the residents of the census) is no word that anybody said.
    """

    unit: str
    numerator: Number = 1
    denominator: Number | None = None
    on: date | None = None
    members: Mapping[str, str | None] = field(default_factory=dict)
    thing: str | None = None
    is_said: bool = True


DatedParts: TypeAlias = Callable[[World], Iterable[Part]]
WindowParts: TypeAlias = Callable[[World, Window], Iterable[Part]]


@dataclass(frozen=True)
class Rule:
    """How the parts of an indicator make a value.

    Exactly one of ``dated`` (parts with a day, whose months add up) and ``in_window`` (counted anew in each period)
    gives them. ``is_stock``: only the reports of a period's last month speak of it. ``ratio``: the factor of
    numerator by denominator. ``is_all``: whether numerator and denominator are equal.
    """

    code: str
    forms: tuple[str, ...]
    dated: DatedParts | None = None
    in_window: WindowParts | None = None
    is_stock: bool = False
    over_units: OverUnits = "sum"
    ratio: int | None = None
    is_all: bool = False


RULES: dict[str, Rule] = {}


def dated(code: str, *forms: str, ratio: int | None = None) -> Callable[[DatedParts], DatedParts]:
    """Enter an indicator whose months add up."""

    def enter(parts: DatedParts) -> DatedParts:
        _enter(Rule(code, forms, dated=parts, ratio=ratio))
        return parts

    return enter


def window(
    code: str, *forms: str, ratio: int | None = None, over_units: OverUnits = "sum", is_all: bool = False
) -> Callable[[WindowParts], WindowParts]:
    """Enter an indicator that is counted anew in each period."""

    def enter(parts: WindowParts) -> WindowParts:
        _enter(Rule(code, forms, in_window=parts, ratio=ratio, over_units=over_units, is_all=is_all))
        return parts

    return enter


def stock(
    code: str, *forms: str, ratio: int | None = None, over_units: OverUnits = "sum"
) -> Callable[[WindowParts], WindowParts]:
    """Enter an indicator of what stands at the end of a period."""

    def enter(parts: WindowParts) -> WindowParts:
        _enter(Rule(code, forms, in_window=parts, is_stock=True, ratio=ratio, over_units=over_units))
        return parts

    return enter


def _enter(rule: Rule) -> None:
    assert rule.code not in RULES, rule.code
    RULES[rule.code] = rule
