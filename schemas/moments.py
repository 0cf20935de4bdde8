"""Moments as people write them into cells: a day, and mostly a time of day behind it."""
# ruff: noqa: DTZ001 -- cells hold the wall clock as it was written

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from schemas.clock import ClockError, parse_clock
from schemas.days import Day, Doubt, MomentError, parse_day
from schemas.numbers import NotANumberError, parse_chinese

_SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
_SERIALS = range(20_000, 80_000)  # 1954 to 2119; smaller numbers in a date column are slips, never dates of 1900
_EPOCH = datetime(1899, 12, 30)
# As spreadsheets write it, and so nearly every cell; what does not fit is read with more patience.
_WRITTEN = re.compile(r"(?:19|20)\d\d-\d\d-\d\d(?: (?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)?", re.ASCII)
_NO_TIME = "00:00:00"  # spreadsheets write it behind a day that has no time
_WEEKDAY = re.compile(r"\s*\(?(?:星期|周|礼拜)([一二三四五六日天])\)?")
_MORE_DAYS = re.compile(r"\s*(?:[-~—–―至到、,和及]|\d{4}|\d+月).*\d")

_YEAR_NUMERALS = re.compile(r"[〇○零一二三四五六七八九]{2,4}(?=年)")
_NUMERALS = re.compile(r"(?<![期周拜])[零一二三四五六七八九十廿]{1,4}(?=[月日号时点分秒]|$)")
_YEAR_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


@dataclass(frozen=True)
class Moment:
    """A moment, whether its text has a time of day, and what there is to ask: its year was cut, or stood last."""

    at: datetime
    has_time: bool
    doubt: Doubt | None = None


def parse_moment(text: str, month: date | None) -> Moment:
    """The moment of a normalised text; ``month`` is that of the report.

    A bare number is a serial number of the 1900 system (44264 is 2021-03-09). Days of the year of the report may leave
    it out (3月9日, 3·9) or cut it (21.3.9).

    Raises:
        MomentError: the text is no moment, or could be two.
    """
    if at := _written(text):
        return Moment(at, has_time=" " in text and not text.endswith(_NO_TIME))
    if _SERIAL.fullmatch(text) and int(float(text)) in _SERIALS:
        return Moment(_EPOCH + timedelta(seconds=round(float(text) * 86_400)), has_time="." in text)
    found = parse_day(_with_digits(text.rstrip(" 。.,;、")), month)
    rest = _without_weekday(found)
    clock = rest.strip(" T,")
    try:
        time_of_day = parse_clock(clock) if clock else timedelta(0)
    except ClockError as error:
        if error.readings:
            midnight = datetime.combine(found.day, datetime.min.time())
            raise MomentError("two_ways", [f"{midnight + each:%Y-%m-%d %H:%M}" for each in error.readings]) from None
        raise MomentError("span" if _MORE_DAYS.match(rest) else "unreadable") from None
    has_time = clock not in ("", _NO_TIME)
    return Moment(datetime.combine(found.day, datetime.min.time()) + time_of_day, has_time, found.doubt)


def _written(text: str) -> datetime | None:
    if not _WRITTEN.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


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


def _without_weekday(found: Day) -> str:
    """What stands behind the day; a weekday must be that of the day."""
    match = _WEEKDAY.match(found.rest)
    if not match:
        return found.rest
    if "一二三四五六日".index(match[1].replace("天", "日")) != found.day.weekday():
        raise MomentError
    return found.rest[match.end() :]
