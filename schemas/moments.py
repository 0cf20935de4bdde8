"""Days and times of day as people write them into cells. A day that can be read in two ways is not read at all."""
# ruff: noqa: DTZ001 -- cells hold the wall clock as it was written

import re
from datetime import date, datetime, timedelta

from schemas.numbers import NotANumberError, parse_chinese

_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_SERIALS = range(20_000, 80_000)  # 1954 to 2119; smaller numbers in a date column are slips, never dates of 1900
_EPOCH = datetime(1899, 12, 30)
_MARK = r"\s*[-./·•。年]\s*"
_MONTH_MARK = r"\s*[-./·•。月]\s*"
_YEAR_FIRST = re.compile(rf"(\d{{4}}){_MARK}(\d{{1,2}}){_MONTH_MARK}(\d{{1,2}})\s*[日号]?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?!\d)")
_SHORT_YEAR = re.compile(rf"['‘’]?(\d{{2}}){_MARK}(\d{{1,2}}){_MONTH_MARK}(\d{{1,2}})\s*[日号]?(?!\d)")
_NO_YEAR = re.compile(r"(\d{1,2})\s*([-./·•月])\s*(\d{1,2})\s*[日号]?(?![\d.-])")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{4})(?!\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH = re.compile(rf"(\d{{1,2}})[- ]({'|'.join(_MONTHS)})[a-z]*[- ,]+(\d{{4}})(?!\d)", re.IGNORECASE)
_CHINESE = re.compile(
    r"([〇○零一二三四五六七八九]{4}年)?([一二三四五六七八九十]{1,2})月([一二三四五六七八九十廿]{1,3})[日号]"
)
_YEAR_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_CLOCK = re.compile(
    r"(凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|AM|PM)?\s*(\d{1,2})\s*[:时点]\s*"
    r"(?:(\d{1,2})\s*分?|(半))?(?::?\s*(\d{1,2})(?:\.\d+)?\s*秒?)?\s*(AM|PM)?",
    re.IGNORECASE,
)
_MORNING = frozenset({"凌晨", "清晨", "早上", "上午", "AM"})
_NOON = 12
# 3.1 may be what a spreadsheet left of 3.10; 3.4 cannot be.
_LAST_TENS = 3


class MomentError(ValueError):
    """The text is no day or time; ``reads_two_ways`` where it could be two."""

    def __init__(self, *, reads_two_ways: bool = False) -> None:
        self.reads_two_ways = reads_two_ways
        super().__init__()


def parse_moment(text: str, month: date | None) -> tuple[datetime, bool, bool]:
    """The moment of a normalised text, whether its year came from the report's month, and whether it has a time of day.

    A serial number is one of the 1900 system (44264 is 2021-03-09).

    Raises:
        MomentError: the text is no moment, or could be two.
    """
    if _SERIAL.fullmatch(text) and int(float(text)) in _SERIALS:
        return _EPOCH + timedelta(seconds=round(float(text) * 86_400)), False, "." in text
    day, rest, is_completed = _parse_day(text, month)
    clock = rest.strip(" T,，")
    return datetime.combine(day, datetime.min.time()) + _time_of_day(clock), is_completed, bool(clock)


def _parse_day(text: str, month: date | None) -> tuple[date, str, bool]:
    """The day, what stands behind it, and whether the report's month gave the year."""
    if match := _YEAR_FIRST.match(text) or _COMPACT.match(text):
        return _day(match[1], match[2], match[3]), text[match.end() :], False
    if match := _ENGLISH.match(text):
        number = _MONTHS.index(match[2].lower()) + 1
        return _day(match[3], number, match[1]), text[match.end() :], False
    if match := _CHINESE.match(text):
        return _chinese_day(match, month), text[match.end() :], match[1] is None
    if match := _YEAR_LAST.match(text):
        return _day_with_year_last(match), text[match.end() :], False
    return _parse_short(text, month)


def _parse_short(text: str, month: date | None) -> tuple[date, str, bool]:
    """A day whose year is cut short or left out: of the year of the report, or none."""
    if month is None:
        raise MomentError
    if match := _SHORT_YEAR.match(text):
        # 21.3.9 in a report of 2021; in one of 2009 it might be 21 March.
        if 2_000 + int(match[1]) != month.year:
            raise MomentError(reads_two_ways=True)
        return _day(month.year, match[2], match[3]), text[match.end() :], True
    match = _NO_YEAR.match(text)
    if not match:
        raise MomentError
    if match[2] == "." and len(match[3]) == 1 and int(match[3]) <= _LAST_TENS:
        raise MomentError(reads_two_ways=True)
    return _day(month.year, match[1], match[3]), text[match.end() :], True


def _day_with_year_last(match: re.Match[str]) -> date:
    """13/04/2021 is one day only, 03/04/2021 could be two."""
    first, second = int(match[1]), int(match[2])
    if first <= _NOON and second <= _NOON and first != second:
        raise MomentError(reads_two_ways=True)
    day, month = (first, second) if second <= _NOON else (second, first)
    return _day(match[3], month, day)


def _chinese_day(match: re.Match[str], month: date | None) -> date:
    try:
        number, day = parse_chinese(match[2]), parse_chinese(match[3])
    except NotANumberError:
        raise MomentError from None
    if match[1]:
        return _day(match[1][:4].translate(_YEAR_DIGITS), number, day)
    if month is None:
        raise MomentError
    return _day(month.year, number, day)


def _day(year: str | int, month: str | int, day: str | int) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise MomentError from None


def _time_of_day(text: str) -> timedelta:
    if not text:
        return timedelta(0)
    match = _CLOCK.fullmatch(text)
    if not match or (match[1] and match[6]):
        raise MomentError
    part, hour = (match[1] or match[6] or "").upper(), int(match[2])
    minute, second = 30 if match[4] else int(match[3] or 0), int(match[5] or 0)
    if minute > 59 or second > 59:
        raise MomentError
    return timedelta(hours=_hour(part, hour), minutes=minute, seconds=second)


def _hour(part: str, hour: int) -> int:
    """The hour of the day; twelve o'clock in the morning or evening could be noon or midnight."""
    if hour > 23:
        raise MomentError
    if part in ("上午", "下午", "晚上", "AM", "PM") and hour == _NOON:
        raise MomentError(reads_two_ways=True)
    if not part or part == "中午" or hour >= _NOON:
        return 0 if part == "凌晨" and hour == _NOON else hour
    return hour if part in _MORNING else hour + _NOON
