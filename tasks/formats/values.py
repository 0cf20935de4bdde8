"""Values of cells to texts that ``schemas.cells`` reads back; number formats as far as they tell what a number is."""

import functools
import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Literal

Shown = Literal["number", "percent", "moment", "duration"]
"""What a number format makes of a number: itself, a percentage, a date or time of day, a length of time."""

# ECMA-376 part 1, 18.8.30; 27 to 36 and 50 to 58 are dates in the Chinese locale.
_PERCENTS = frozenset({9, 10})
_MOMENTS = frozenset({*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)})
_DURATION = 46
_LITERALS = re.compile(r'"[^"]*"|\\.|_.|\*.|E[+-]|General|通用格式', re.IGNORECASE)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_BRACKETS = re.compile(r"\[[^\]]*\]")
_MARKS_OF_DATES = re.compile(r"[ymdhs]", re.IGNORECASE)
_EPOCHS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}  # noqa: DTZ001 -- cells hold the wall clock
_PHANTOM_DAY = 60  # 29 February 1900, which never was
_END_OF_TIME = 2_958_466  # 1 January 10000
_WHOLE = 10**15  # below it a whole number has no digit that is not kept
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}


def error_text(code: int) -> str:
    """The text of an error of a binary workbook ([MS-XLS] 2.5.10); an unknown one is no less an error."""
    return _ERRORS.get(code, "#VALUE!")


def cell_text(value: object) -> str | None:
    """A cell as text: whole numbers without a point, dates in ISO form, lengths of time as 30:00:00."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, datetime):
        return _rounded(value).isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return _rounded(datetime.combine(_EPOCHS[False], value)).time().isoformat("seconds")
    if isinstance(value, timedelta):
        return duration_text(value)
    return None if value is None else str(value)


def row_texts(values: Iterable[object]) -> list[str | None]:
    """The cells of a row as texts; most are texts, empty or numbers, which is told without ``cell_text``."""
    return [
        (value or None) if type(value) is str else number_text(value) if type(value) is float else cell_text(value)
        for value in values
    ]


def _rounded(moment: datetime) -> datetime:
    """To the second: 06:40 is kept as a binary fraction of a day, which may end a little before."""
    return (moment + timedelta(milliseconds=500)).replace(microsecond=0)


def number_text(value: float) -> str:
    """A number as a spreadsheet keeps it: 15 significant digits, written out; a rounded code shows its zeros."""
    if value.is_integer() and abs(value) < _WHOLE:
        return str(int(value))
    return format(Decimal(f"{value:.15g}"), "f")


def percent_text(value: float) -> str:
    """0.95 as ``95%``."""
    text = format(Decimal(f"{value:.15g}") * 100, "f")
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}%"


def duration_text(length: timedelta) -> str:
    """Hours, minutes and seconds, as it is shown: 30:00:00 is thirty hours."""
    seconds = round(length.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3_600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def numeric_text(value: float, shown: Shown, is_1904: bool) -> str:  # noqa: FBT001 -- a property of the workbook
    """A number of a cell in the way in which its format shows it."""
    if shown == "percent":
        return percent_text(value)
    if shown == "number" or not 0 <= value < _END_OF_TIME:
        return number_text(value)
    if shown == "duration":
        return duration_text(timedelta(days=value))
    return _moment_text(value, is_1904)


def _moment_text(value: float, is_1904: bool) -> str:  # noqa: FBT001 -- a property of the workbook
    days = value if is_1904 or value >= _PHANTOM_DAY else value + 1
    moment = _EPOCHS[is_1904] + timedelta(seconds=round(days * 86_400))
    if value < 1 and not is_1904:
        return moment.time().isoformat("seconds")
    return moment.date().isoformat() if value == int(value) else moment.isoformat(" ", "seconds")


@functools.lru_cache(maxsize=4_096)
def shown_as(format_id: int, code: str | None) -> Shown:
    """What a number format makes of a number: by its own code, else by the number of a built-in one."""
    if code is not None:
        return _shown_by_code(code)
    if format_id in _PERCENTS:
        return "percent"
    return "moment" if format_id in _MOMENTS else "duration" if format_id == _DURATION else "number"


def _shown_by_code(code: str) -> Shown:
    positive = _LITERALS.sub("", code).split(";")[0]
    if _ELAPSED.search(positive):
        return "duration"
    bare = _BRACKETS.sub("", positive)
    if "%" in bare:
        return "percent"
    return "moment" if _MARKS_OF_DATES.search(bare) else "number"
