"""Days and times of day as people write them into cells. One that can be read in two ways is not read at all."""
# ruff: noqa: DTZ001 -- cells hold the wall clock as it was written

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from schemas.clock import ClockError, parse_clock
from schemas.numbers import NotANumberError, parse_chinese

Doubt = Literal["year", "order"]
Reason = Literal["unreadable", "two_ways", "span", "needs_month"]

_SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
_SERIALS = range(20_000, 80_000)  # 1954 to 2119; smaller numbers in a date column are slips, never dates of 1900
_EPOCH = datetime(1899, 12, 30)
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
_WEEKDAY = re.compile(r"\s*\(?(?:星期|周|礼拜)([一二三四五六日天])\)?")
_MORE_DAYS = re.compile(r"\s*(?:[-~—–―至到、,和及]|\d{4}|\d+月).*\d")

_YEAR_NUMERALS = re.compile(r"[〇○零一二三四五六七八九]{2,4}(?=年)")
_NUMERALS = re.compile(r"(?<![期周拜])[零一二三四五六七八九十廿]{1,4}(?=[月日号时点分秒]|$)")
_YEAR_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


class MomentError(ValueError):
    """The text is no moment: unreadable, one of two (``readings``), a span of days, or known by the report's month."""

    def __init__(self, reason: Reason = "unreadable", readings: Iterable[str] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.readings = tuple(readings)


@dataclass(frozen=True)
class Moment:
    """A moment, whether its text has a time of day, and what there is to ask: its year was cut, or stood last."""

    at: datetime
    has_time: bool
    doubt: Doubt | None = None


@dataclass(frozen=True)
class _Day:
    day: date
    rest: str
    doubt: Doubt | None = None


def parse_moment(text: str, month: date | None) -> Moment:
    """The moment of a normalised text; ``month`` is that of the report.

    A bare number is a serial number of the 1900 system (44264 is 2021-03-09). Days of the year of the report may leave
    it out (3月9日, 3·9) or cut it (21.3.9).

    Raises:
        MomentError: the text is no moment, or could be two.
    """
    if _SERIAL.fullmatch(text) and int(float(text)) in _SERIALS:
        return Moment(_EPOCH + timedelta(seconds=round(float(text) * 86_400)), has_time="." in text)
    found = _parse_day(_with_digits(text), month)
    rest = _without_weekday(found)
    clock = rest.strip(" T,")
    try:
        time_of_day = parse_clock(clock) if clock else timedelta(0)
    except ClockError as error:
        if error.reads_two_ways:
            raise MomentError("two_ways") from None
        raise MomentError("span" if _MORE_DAYS.match(rest) else "unreadable") from None
    # Spreadsheets write 00:00:00 behind a day that has no time.
    has_time = clock not in ("", "00:00:00")
    return Moment(datetime.combine(found.day, datetime.min.time()) + time_of_day, has_time, found.doubt)


def _with_digits(text: str) -> str:
    """二〇二一年三月九日 as 2021年3月9日."""
    if text.isascii():
        return text
    text = _YEAR_NUMERALS.sub(lambda match: match[0].translate(_YEAR_DIGITS), text)
    return _NUMERALS.sub(_in_digits, text)


def _in_digits(match: re.Match[str]) -> str:
    try:
        return str(parse_chinese(match[0].removeprefix("零") or "零"))
    except NotANumberError:
        return match[0]


def _without_weekday(found: _Day) -> str:
    """What stands behind the day; a weekday must be that of the day."""
    match = _WEEKDAY.match(found.rest)
    if not match:
        return found.rest
    if "一二三四五六日".index(match[1].replace("天", "日")) != found.day.weekday():
        raise MomentError
    return found.rest[match.end() :]


def _parse_day(text: str, month: date | None) -> _Day:
    """The day at the beginning of a text."""
    if match := _YEAR_FIRST.match(text) or _COMPACT.match(text):
        return _Day(_day(int(match[1]), int(match[2]), int(match[3])), text[match.end() :])
    if match := _DAY_FIRST.match(text):
        return _Day(_day(int(match[3]), _month(match[2]), int(match[1])), text[match.end() :])
    if match := _MONTH_FIRST.match(text):
        return _Day(_day(int(match[3]), _month(match[1]), int(match[2])), text[match.end() :])
    if match := _YEAR_LAST.match(text):
        first, second, year = map(int, match.groups())
        return _Day(_only([(year, first, second), (year, second, first)]), text[match.end() :], "order")
    return _parse_short(text, month)


def _parse_short(text: str, month: date | None) -> _Day:
    """A day whose year is cut short or left out."""
    match = _SHORT_YEAR.match(text) or _THREE.match(text) or _SHORT_ENGLISH.match(text) or _NO_YEAR.match(text)
    match = match or _TWO.match(text)
    if not match:
        raise MomentError
    if month is None:
        raise MomentError("needs_month")
    readings = list(_short_readings(match, month.year))
    is_of_this_year = bool(readings) and readings[0][0] == month.year and _is_day(*readings[0])
    day = _day(*readings[0]) if is_of_this_year else _only(readings)
    if match.re is _TWO:
        _refuse_other_meanings(match, day)
    return _Day(day, text[match.end() :], "year")


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
