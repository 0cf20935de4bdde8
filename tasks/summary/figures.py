"""The published figures of a summary, and what each says in words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from schemas.period import Period
from schemas.wording import Verb, comparison, display_value, round_half_up, silence
from warehouse.trace import Trace
from warehouse.values import Report, Value

NO_DATA = "（暂无数据）"


@dataclass(frozen=True)
class Figures:
    """What a summary of a unit and a period is made from.

    ``last_month`` is the last one for which there are values. ``trace`` gives the rows behind a value by the code of
    its indicator and the period; it asks the warehouse, once for each.
    """

    period: Period
    unit_name: str
    report: Report
    last_month: date
    trace: Callable[[str, Period], Trace]

    def find(self, code: str) -> Value | None:
        """The value of an indicator by its code; None where the unit has none."""
        return next((value for value in self.report.indicators if value.code == code), None)

    @property
    def as_of(self) -> datetime:
        """When the values were published."""
        assert self.report.as_of is not None
        return datetime.fromisoformat(self.report.as_of)

    @property
    def day(self) -> str:
        """The day of it in words."""
        return f"{self.as_of.year}年{self.as_of.month}月{self.as_of.day}日"

    def mark(self, *codes: str) -> str:
        """What stands behind a figure that lacks reports, or behind one of several; empty where all have come."""
        silent = {name for code in codes if (value := self.find(code)) for name in value.silent_units}
        return f"（截至{self.day}，{len(silent)}家未报）" if silent else ""

    def silent_units(self) -> Iterator[str]:
        """All units that owe a report, each once."""
        yield from dict.fromkeys(name for value in self.report.indicators for name in value.silent_units)


def with_unit(value: Value | None) -> str:
    """1起, 97.8%, 是."""
    if value is None or value.value is None:
        return NO_DATA
    return display_value(value.value, value.unit, value.decimals)


def bare(value: Value | None) -> str:
    """The number without its unit."""
    if value is None or value.value is None:
        return NO_DATA
    return str(round_half_up(value.value, value.decimals))


def a_year_ago(value: Value | None) -> str:
    """The value of the same period last year, with its unit."""
    if value is None or value.year_ago is None:
        return NO_DATA
    return display_value(value.year_ago, value.unit, value.decimals)


def parts_of_whole(value: Value | None) -> str:
    """Numerator and denominator of a rate: 91/93."""
    if value is None or value.denominator is None or value.numerator is None:
        return NO_DATA
    return f"{value.numerator}/{value.denominator}"


def compared(value: Value | None, verb: Verb = "减少") -> str:
    """How it compares with last year, with a note where last year's reports are not whole."""
    if value is None or value.value is None:
        return comparison(None, None, "")
    phrase = comparison(value.value, value.year_ago, value.unit, value.decimals, verb)
    return phrase + silence(0, value.year_ago_missing)
