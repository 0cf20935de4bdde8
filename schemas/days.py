"""Days as people write them into cells, with the year first, last, cut short or left out.

A day that can be read in two ways is not read at all.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

Doubt = Literal["year", "order"]
Reason = Literal["unreadable", "two_ways", "span", "needs_month"]

_YEARS = range(1900, 2101)
_FIRST_SHORT_YEAR = 2013  # up to 12 it could be a month
_YEARS_AHEAD = 5
_SIGN = r"\s*[-./·•・‧]\s*"
_END = r"(?!\d)\s*[日号]?"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH = rf"({'|'.join(_MONTHS)})[a-z]*\.?"

_YEAR_FIRST = re.compile(rf"(\d{{4}})(?:{_SIGN}|\s*年\s*)(\d{{1,2}})(?:{_SIGN}|\s*月\s*)(\d{{1,2}}){_END}", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?!\d)", re.ASCII)
_YEAR_LAST = re.compile(rf"(\d{{1,2}}){_SIGN}(\d{{1,2}}){_SIGN}(\d{{4}})(?!\d)", re.ASCII)
_DAY_FIRST = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?[-\s./]*{_ENGLISH}[-\s,./]*(\d{{4}})(?!\d)", re.ASCII | re.IGNORECASE
)
_MONTH_FIRST = re.compile(
    rf"{_ENGLISH}[-\s]*(\d{{1,2}})(?:st|nd|rd|th)?[-\s,]+(\d{{4}})(?!\d)", re.ASCII | re.IGNORECASE
)
_SHORT_ENGLISH = re.compile(rf"(\d{{1,2}})[-\s]{_ENGLISH}(?:[-\s](\d{{2}}))?(?![\da-z])", re.ASCII | re.IGNORECASE)
_SHORT_YEAR = re.compile(rf"['‘’]?(\d{{2}})\s*年\s*(\d{{1,2}})\s*月\s*(\d{{1,2}}){_END}", re.ASCII)
_THREE = re.compile(rf"['‘’]?(\d{{1,2}}){_SIGN}(\d{{1,2}}){_SIGN}(\d{{1,2}})(?![./]?\d)", re.ASCII)
_NO_YEAR = re.compile(rf"(\d{{1,2}})\s*月\s*(\d{{1,2}}){_END}", re.ASCII)
_TWO = re.compile(r"(\d{1,2})\s*([-./·•・‧])\s*(\d{1,2})(?![./]?\d)", re.ASCII)


class MomentError(ValueError):
    """The text is no moment: unreadable, one of two (``readings``), a span of days, or known by the report's month."""

    def __init__(self, reason: Reason = "unreadable", readings: Iterable[str] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.readings = tuple(readings)


@dataclass(frozen=True)
class Day:
    """A day at the beginning of a text, what stands behind it, and what there is to ask: cut or last, the year."""

    day: date
    rest: str
    doubt: Doubt | None = None


def parse_day(text: str, month: date | None) -> Day:
    """The day at the beginning of a normalised text; ``month`` is that of the report.

    Days of the year of the report may leave it out (3月9日, 3·9) or cut it (21.3.9).

    Raises:
        MomentError: there is no day, or it could be one of two.
    """
    if match := _YEAR_FIRST.match(text) or _COMPACT.match(text):
        return Day(_day(int(match[1]), int(match[2]), int(match[3])), text[match.end() :])
    if match := _DAY_FIRST.match(text):
        return Day(_day(int(match[3]), _month(match[2]), int(match[1])), text[match.end() :])
    if match := _MONTH_FIRST.match(text):
        return Day(_day(int(match[3]), _month(match[1]), int(match[2])), text[match.end() :])
    if match := _YEAR_LAST.match(text):
        first, second, year = map(int, match.groups())
        return Day(_only([(year, first, second), (year, second, first)]), text[match.end() :], "order")
    return _parse_short(text, month)


def _parse_short(text: str, month: date | None) -> Day:
    """A day whose year is cut short or left out."""
    match = _SHORT_YEAR.match(text) or _THREE.match(text) or _SHORT_ENGLISH.match(text) or _NO_YEAR.match(text)
    match = match or _TWO.match(text)
    if not match:
        raise MomentError
    if month is None:
        raise MomentError("needs_month")
    readings = list(_short_readings(match, month.year))
    day = _day(*readings[0]) if _is_of(month.year, match, readings) else _only(readings)
    if match.re is _TWO:
        _refuse_other_meanings(match, day)
    return Day(day, text[match.end() :], "year")


def _is_of(year: int, match: re.Match[str], readings: list[tuple[int, int, int]]) -> bool:
    """Whether the usual order gives a day of the year of the report: then it is meant (21.3.20 in 2021)."""
    if not readings or (match.re is _THREE and 2_000 + int(match[1]) != year):
        return False
    return readings[0][0] == year and _is_day(*readings[0])


def _short_readings(match: re.Match[str], year: int) -> Iterator[tuple[int, int, int]]:
    """Years, months and days that the parts of a short day may be, the usual order first."""
    if match.re in (_NO_YEAR, _TWO):
        yield year, int(match[1]), int(match[match.re.groups])
    elif match.re is _SHORT_ENGLISH and match[3] is None:
        yield year, _month(match[2]), int(match[1])
    elif match.re is _SHORT_ENGLISH:
        yield from _near(year, (int(match[3]), _month(match[2]), int(match[1])))
        yield from _near(year, (int(match[1]), _month(match[2]), int(match[3])))
    else:
        first, second, third = map(int, match.groups())
        orders = ((first, second, third), (third, first, second), (third, second, first))
        yield from _near(year, *orders[: 1 if match.re is _SHORT_YEAR else 3])


def _near(year: int, *readings: tuple[int, int, int]) -> Iterator[tuple[int, int, int]]:
    """Those with a year that the reports of a year may name."""
    for short, month, day in readings:
        if _FIRST_SHORT_YEAR <= 2_000 + short <= year + _YEARS_AHEAD:
            yield 2_000 + short, month, day


def _refuse_other_meanings(match: re.Match[str], day: date) -> None:
    """3-9 may be the 3rd to the 9th; 3.1 is also what a spreadsheet leaves of the number 3.10."""
    if match[2] == "-":
        raise MomentError("two_ways", [f"{day}", f"{match[1]}日至{match[3]}日"])
    if match[2] == "." and len(match[3]) == 1 and _is_day(day.year, day.month, day.day * 10):
        raise MomentError("two_ways", [f"{day}", f"{day.replace(day=day.day * 10)}"])


def _only(readings: list[tuple[int, int, int]]) -> date:
    """The one day that the readings name."""
    days = sorted({_day(*reading) for reading in readings if _is_day(*reading)})
    if len(days) > 1:
        raise MomentError("two_ways", map(str, days))
    if not days:
        raise MomentError
    return days[0]


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        return bool(date(year, month, day))
    except ValueError:
        return False


def _day(year: int, month: int, day: int) -> date:
    if year not in _YEARS or not _is_day(year, month, day):
        raise MomentError
    return date(year, month, day)


def _month(name: str) -> int:
    return _MONTHS.index(name.lower()) + 1
