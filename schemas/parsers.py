"""A parser for each type of column: the normalised text of a cell to a value, or to the code of what is wrong."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from schemas import credit_code
from schemas.form import Column
from schemas.identity import mask_identity
from schemas.moments import MomentError, parse_moment
from schemas.numbers import NotANumberError, parse_number, split_unit
from schemas.text import squeeze
from schemas.unit import Register

DASHES = frozenset({"-", "--", "—", "——", "–", "/", "\\"})
_NOTHING = frozenset({"无", "零", "没有", *DASHES})
_YES = frozenset({"是", "有", "对", "√", "✓", "✔", "Y", "YES", "1", "TRUE", "已"})
_NO = frozenset({"否", "无", "错", "不是", "没有", "×", "✗", "X", "N", "NO", "0", "FALSE", "未"})
_ERROR = re.compile(r"#(?:NAME\?|REF!|VALUE!|DIV/0!|N/A|NULL!|NUM!|SPILL!|CALC!)|Err:\d{3}", re.IGNORECASE)
_LIST = re.compile(r"[、,;/\n]+")
_AND = re.compile(r"[和及+]")
_NUMBERED = re.compile(r"\(?(\d{1,3})\)?[.、:\-]?(\D.*)")
_PUNCTUATION = " 、,;。."
_ROUNDED = re.compile(r"\d{15,}000")
_MOST_DIGITS = 15  # what a spreadsheet keeps of a number, and less than numeric(16) holds
_CODE_AND_NAME = re.compile(r"(\d{6}(?:\d{3}|\d{6}|[PD]\d{2})?)[\s:\-—]*(\D.*)")
_NAME_AND_CODE = re.compile(r"(\D.*?)\s*\(?(\d{6}(?:\d{3}|\d{6}|[PD]\d{2})?)\)?")
_DISTRICT = re.compile(r"(?:安徽省)?(?:淮南市)?(?:谢家集区)?(.+)")


class UnreadableError(Exception):
    """What is wrong with a cell: an issue code, with the value that is kept where it is only a warning."""

    def __init__(self, code: str, value: object = None) -> None:
        self.code = code
        self.value = value


@dataclass(frozen=True)
class Cell:
    """A normalised text in a column; ``month`` is that of the report, where a day may need its year."""

    text: str
    column: Column
    register: Register
    month: date | None = None


def is_error(text: str) -> bool:
    """Whether a cell shows an error of its formula, in the words of Excel, WPS or LibreOffice."""
    return _ERROR.fullmatch(text) is not None


def is_formula(text: str) -> bool:
    """Whether a cell is a formula that nobody has computed."""
    return text.startswith("=") and len(text) > 1


def _text(cell: Cell) -> str:
    if _ROUNDED.fullmatch(cell.text):
        raise UnreadableError("E-VAL-13")
    masked = mask_identity(cell.text)
    if masked != cell.text:
        raise UnreadableError("W-VAL-27", masked)
    return cell.text


def _code(cell: Cell) -> str:
    return _code_of(cell.text, cell.column)


def _code_of(text: str, column: Column) -> str:
    index = column.code_index
    key = squeeze(text.strip(_PUNCTUATION)).upper()
    if key in index:
        return index[key]
    # 1.一般 is numbered, 18其他爆炸 is a code with its name: then both must mean the same.
    match = _NUMBERED.fullmatch(key)
    code = index.get(match[2]) if match else None
    if match is None or code is None or index.get(match[1], code) != code:
        raise UnreadableError("E-VAL-06")
    return code


def _codes(cell: Cell) -> list[str]:
    if squeeze(cell.text).upper() in cell.column.code_index:
        return [_code(cell)]
    parts = [part for part in _LIST.split(cell.text) if part.strip()]
    return list(dict.fromkeys(code for part in parts for code in _codes_of(part, cell.column)))


def _codes_of(text: str, column: Column) -> list[str]:
    try:
        return [_code_of(text, column)]
    except UnreadableError:
        parts = _AND.split(text)
        if len(parts) == 1:
            raise
        return [_code_of(part, column) for part in parts]


def _number(cell: Cell, wrong: str) -> tuple[Decimal, bool]:
    """The number in the column's unit, and whether it was given in another."""
    if cell.text in _NOTHING:
        return Decimal(0), False
    if cell.text.endswith(("%", "‰")):
        raise UnreadableError("E-VAL-26")
    text, unit = split_unit(cell.text, cell.column.unit, cell.column.other_units)
    try:
        number = parse_number(text)
    except NotANumberError:
        raise UnreadableError(wrong) from None
    if unit is not None and unit in cell.column.other_units:
        return number * Decimal(str(cell.column.other_units[unit])), True
    return number, False


def _amount(cell: Cell) -> float:
    number, is_converted = _number(cell, "E-VAL-05")
    _check_size(number, cell.column.decimals)
    rounded = number.quantize(Decimal(1).scaleb(-cell.column.decimals), ROUND_HALF_UP)
    if is_converted:
        raise UnreadableError("I-VAL-24", float(rounded))
    if rounded != number:
        raise UnreadableError("W-VAL-25", float(rounded))
    return float(number)


def _integer(cell: Cell) -> int:
    number, is_converted = _number(cell, "E-VAL-04")
    _check_size(number, 0)
    if number != number.to_integral_value():
        raise UnreadableError("E-VAL-04")
    if is_converted:
        raise UnreadableError("I-VAL-24", int(number))
    return int(number)


def _check_size(number: Decimal, decimals: int) -> None:
    if abs(number) >= Decimal(10) ** (_MOST_DIGITS - decimals):
        raise UnreadableError("E-VAL-14")


def _yes_no(cell: Cell) -> bool:
    mark = squeeze(cell.text).upper()
    if mark not in _YES | _NO:
        raise UnreadableError("E-VAL-07")
    return mark in _YES


def _date(cell: Cell) -> datetime | None:
    if cell.text in _NOTHING:
        return None
    moment, is_completed, _ = _moment(cell, "E-VAL-02")
    day = moment.replace(hour=0, minute=0, second=0)
    if is_completed:
        raise UnreadableError("W-VAL-18", day)
    return day


def _datetime(cell: Cell) -> datetime | None:
    if cell.text in _NOTHING:
        return None
    moment, is_completed, has_time = _moment(cell, "E-VAL-03")
    if is_completed or not has_time:
        raise UnreadableError("W-VAL-18" if is_completed else "W-VAL-22", moment)
    return moment


def _moment(cell: Cell, wrong: str) -> tuple[datetime, bool, bool]:
    try:
        return parse_moment(cell.text, cell.month)
    except MomentError as error:
        raise UnreadableError("E-VAL-19" if error.reads_two_ways else wrong) from None


def _unit(cell: Cell) -> str:
    if code := cell.register.find(cell.text) or cell.register.find(_without_district(cell.text)):
        return code
    return _of_code_and_name(cell)


def _without_district(text: str) -> str:
    match = _DISTRICT.fullmatch(squeeze(text))
    return match[1] if match else text


def _of_code_and_name(cell: Cell) -> str:
    """The unit of a cell that holds both its code and its name, which must agree."""
    first, last = _CODE_AND_NAME.fullmatch(cell.text), _NAME_AND_CODE.fullmatch(cell.text)
    written, name = (first[1], first[2]) if first else (last[2], last[1]) if last else ("", "")
    code = cell.register.find_code(written)
    if code is None:
        raise UnreadableError("E-VAL-08")
    if not cell.register.is_named(code, _without_district(name.strip("()"))):
        raise UnreadableError("E-VAL-28")
    return code


def _place(cell: Cell) -> str:
    code = cell.register.find_code(cell.text) or _of_code_and_name(cell)
    if cell.register.units[code].level == "other":
        raise UnreadableError("E-VAL-08")
    return code


def _credit_code(cell: Cell) -> str | None:
    if cell.text in _NOTHING:
        return None
    code = squeeze(cell.text).upper().replace("-", "")
    if credit_code.is_valid(code):
        return code
    # Excel keeps 15 digits of a number: a code of digits alone comes back with zeros at its end.
    if code.isdigit() and code.endswith("000"):
        raise UnreadableError("E-VAL-13")
    raise UnreadableError("W-VAL-12", mask_identity(code))


PARSERS: Mapping[str, Callable[[Cell], object]] = {
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
