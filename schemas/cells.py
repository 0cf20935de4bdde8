"""Text of cells to typed columns, the distinct values of a column once.

Spelling is normalised, values are never corrected (统计法实施条例, article 19: the sender corrects).

A cell that does not parse becomes NA and a code of ``issue.MESSAGES``; what is merely blank becomes NA without.
"""
# ruff: noqa: ARG001, DTZ001 -- parsers share one signature; cells hold the wall clock as it was written

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd

from schemas import credit_code
from schemas.form import Column
from schemas.text import normalise, squeeze
from schemas.unit import Register

_DASHES = frozenset({"-", "--", "—", "——", "–", "/", "\\"})
_NOTHING = frozenset({"无", "零", "没有", *_DASHES})
_YES = frozenset({"是", "有", "√", "✓", "✔", "Y", "YES", "1", "TRUE", "已"})
_NO = frozenset({"否", "无", "×", "✗", "X", "N", "NO", "0", "FALSE", "未"})
_LIST = re.compile(r"[、,;/\n]+")
_NUMBER = re.compile(r"([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?:[Ee]\+?(\d+))?\s*(\D*)")
_DATE = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_CLOCK = re.compile(
    r"(上午|下午|AM|PM)?\s*(\d{1,2})\s*[:时点]\s*(?:(\d{1,2})\s*分?)?(?::?\s*(\d{1,2})(?:\.\d+)?\s*秒?)?"
)
_DIGITS = 15  # what a spreadsheet keeps of a number, and less than numeric(16) holds
_SERIALS = range(20_000, 80_000)  # 1954 to 2119; smaller numbers in a date column are slips, never dates of 1900
_EPOCH = datetime(1899, 12, 30)
_DTYPES: Mapping[str, str] = {
    "integer": "Int64",
    "amount": "Float64",
    "yes_no": "boolean",
    "date": "datetime64[s]",
    "datetime": "datetime64[s]",
}


class _UnreadableError(Exception):
    """The text is no value of the column's type; carries the issue code."""

    def __init__(self, code: str, value: object = None) -> None:
        self.code = code
        self.value = value


@dataclass(frozen=True)
class Parsed:
    """A typed column, and for each cell the code of what was wrong with it (None where nothing was)."""

    cells: "pd.Series[Any]"
    codes: "pd.Series[str]"


def parse_column(cells: "pd.Series[str]", column: Column, register: Register) -> Parsed:
    """The typed values of a column of cell texts (None where empty), on the same index."""
    parse = _PARSERS[column.type]
    distinct = {text: _attempt(parse, text, column, register) for text in cells.dropna().unique()}
    results = {text: value for text, (value, _) in distinct.items()}
    problems = {text: code for text, (_, code) in distinct.items() if code}
    values = pd.Series([results.get(text) for text in cells], index=cells.index, dtype=object)
    codes = pd.Series([problems.get(text) for text in cells], index=cells.index, dtype=object)
    dtype: Any = dtype_of(column)
    return Parsed(values.astype(dtype), codes)


def dtype_of(column: Column) -> str:
    """The pandas dtype of a parsed column of this type."""
    return _DTYPES.get(column.type, "object")


_Parser = Callable[[str, Column, Register], object]


def _attempt(parse: _Parser, text: str, column: Column, register: Register) -> tuple[object, str | None]:
    clean = normalise(text)
    if not clean or (clean in _DASHES and column.type not in ("integer", "amount")):
        return None, None
    try:
        return parse(clean, column, register), None
    except _UnreadableError as problem:
        return problem.value, problem.code


def _text(text: str, column: Column, register: Register) -> str:
    return text


def _code(text: str, column: Column, register: Register) -> str:
    code = column.code_index.get(squeeze(text).upper())
    if code is None:
        raise _UnreadableError("E-VAL-06")
    return code


def _codes(text: str, column: Column, register: Register) -> list[str]:
    whole = column.code_index.get(squeeze(text).upper())
    parts = [text] if whole else [part for part in _LIST.split(text) if part.strip()]
    return list(dict.fromkeys(_code(part, column, register) for part in parts))


def _amount(text: str, column: Column, register: Register) -> float:
    if text in _NOTHING:
        return 0.0
    match = _NUMBER.fullmatch(text)
    if not match or squeeze(match[3]) not in ("", column.unit):
        raise _UnreadableError("E-VAL-05")
    number = float(match[1].replace(",", "") + "e" + (match[2] or "0"))
    if abs(number) >= 10.0 ** (_DIGITS - column.decimals):
        raise _UnreadableError("E-VAL-14")
    return number


def _integer(text: str, column: Column, register: Register) -> int:
    try:
        number = _amount(text, column, register)
    except _UnreadableError as problem:
        raise _UnreadableError("E-VAL-04" if problem.code == "E-VAL-05" else problem.code) from None
    if not number.is_integer():
        raise _UnreadableError("E-VAL-04")
    return int(number)


def _yes_no(text: str, column: Column, register: Register) -> bool:
    mark = squeeze(text).upper()
    if mark not in _YES | _NO:
        raise _UnreadableError("E-VAL-07")
    return mark in _YES


def _date(text: str, column: Column, register: Register) -> datetime | None:
    if text in _NOTHING:
        return None
    moment = _moment(text, "E-VAL-02")
    return datetime(moment.year, moment.month, moment.day)


def _datetime(text: str, column: Column, register: Register) -> datetime | None:
    return None if text in _NOTHING else _moment(text, "E-VAL-03")


def _moment(text: str, code: str) -> datetime:
    """A day and a time of day as written, or an Excel serial number of the 1900 system (44264 is 2021-03-09)."""
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text) and int(float(text)) in _SERIALS:
        return _EPOCH + timedelta(seconds=round(float(text) * 86_400))
    match = _DATE.match(text) or _COMPACT_DATE.match(text)
    if not match:
        raise _UnreadableError(code)
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
        return datetime.combine(day, datetime.min.time()) + _time_of_day(text[match.end() :].strip(" T"), code)
    except ValueError:
        raise _UnreadableError(code) from None


def _time_of_day(text: str, code: str) -> timedelta:
    if not text:
        return timedelta(0)
    match = _CLOCK.fullmatch(text)
    if not match:
        raise _UnreadableError(code)
    hour, minute, second = int(match[2]), int(match[3] or 0), int(match[4] or 0)
    if match[1] in ("下午", "PM") and hour < 12:
        hour += 12
    if hour > 23 or minute > 59 or second > 59:
        raise _UnreadableError(code)
    return timedelta(hours=hour, minutes=minute, seconds=second)


def _unit(text: str, column: Column, register: Register) -> str:
    code = register.find(text)
    if code is None:
        raise _UnreadableError("E-VAL-08")
    return code


def _place(text: str, column: Column, register: Register) -> str:
    code = register.find_code(text)
    if code is None or register.units[code].level == "other":
        raise _UnreadableError("E-VAL-08")
    return code


def _credit_code(text: str, column: Column, register: Register) -> str | None:
    if text in _NOTHING:
        return None
    code = squeeze(text).upper().replace("-", "")
    if credit_code.is_valid(code):
        return code
    # Excel keeps 15 digits of a number: a code of digits alone comes back with zeros at its end.
    raise _UnreadableError("W-VAL-13" if code.isdigit() and code.endswith("000") else "W-VAL-12", code)


_PARSERS: Mapping[str, _Parser] = {
    "text": _text,
    "code": _code,
    "codes": _codes,
    "integer": _integer,
    "amount": _amount,
    "yes_no": _yes_no,
    "date": _date,
    "datetime": _datetime,
    "unit": _unit,
    "place": _place,
    "credit_code": _credit_code,
}
