"""Cells of measures: a number, in the column's unit of measure or in one that the form converts from, exactly."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from schemas.form import Column
from schemas.numbers import NotANumberError, parse_number
from schemas.reading import NOTHING, Cell, UnreadableError

_MOST_DIGITS = 15  # what a spreadsheet keeps of a number, and less than numeric(16) holds
_BRACKETED = re.compile(r"(.*\S)\s*\(([^()\d]+)\)")
_PERCENT = re.compile(r".*[%‰]|百分之.*|[千万]分之.*")
_TEN_THOUSANDS = ("万", "萬", "亿", "億")
# Units of measure that stand behind numbers; one that is not the column's own says that the number is not in its unit.
_MEASURED = re.compile(
    r"(.*?)\s*((?:百万|千万|[百千万亿])?元|角|万?亩|公顷|平方公里|平方米|立方米|公里|里|米|吨|公斤|千克|克|斤|升|万?人次?|名|位"
    r"|万?户次?|家次?|个次?|处|起|次/年|场?次|场|期|班次?|份|篇|条|间|栋|幢|座|件|项|台|套|只|支|把|顶|辆|艘|箱|袋|床|张|本|册"
    r"|组|队|天|日|小时|[学课]时|分钟|分|年|月|(?<=[0-9])[百千万亿])"
)


def parse_amount(cell: Cell) -> float:
    """The number of a cell, with no more decimals than the column keeps; the nearest float of its decimal digits.

    Raises:
        UnreadableError: it is none, or one in another unit or with more decimals, then with the value.
    """
    number, unit = _number(cell, "E-VAL-05")
    _check_size(number, cell.column.decimals)
    kept = _half_up(number, cell.column.decimals)
    shown = f"{kept.normalize():f}{cell.column.unit or ''}"
    if Fraction(kept) != number:
        raise UnreadableError("W-VAL-25", float(kept), shown)
    if unit is not None:
        raise UnreadableError("I-VAL-24", float(kept), shown)
    if _is_scientific(cell):
        raise UnreadableError("W-VAL-29", float(kept), shown)
    return float(kept)


def parse_integer(cell: Cell) -> int:
    """The whole number of a cell.

    Raises:
        UnreadableError: it is none, or one in another unit, then with the value.
    """
    number, unit = _number(cell, "E-VAL-04")
    _check_size(number, 0)
    if number.denominator != 1:
        raise UnreadableError("E-VAL-04")
    whole = int(number)
    if unit is not None or _is_scientific(cell):
        code = "I-VAL-24" if unit is not None else "W-VAL-29"
        raise UnreadableError(code, whole, f"{whole}{cell.column.unit or ''}")
    return whole


def _number(cell: Cell, wrong: str) -> tuple[Fraction, str | None]:
    """The number in the column's unit, and the other unit that it was given in."""
    text = _without_signs(cell.text)
    if text in NOTHING:
        return Fraction(0), None
    if _PERCENT.fullmatch(text):
        raise UnreadableError("E-VAL-26")
    own = cell.column.unit or ""
    if own.startswith("万") and text.endswith(_TEN_THOUSANDS):
        raise UnreadableError("E-VAL-20", hint=own)
    for number, unit in _splits(text, cell.column):
        if unit in ("", own):
            return Fraction(number), None
        if unit in cell.column.other_units:
            return Fraction(number) * _factor(cell.column.other_units[unit]), unit
        raise UnreadableError("E-VAL-20" if own else wrong, hint=own or None)
    raise UnreadableError(wrong)


def _splits(text: str, column: Column) -> Iterator[tuple[Decimal, str]]:
    """The number with the unit behind it, in the order of preference: none, the column's own, one it converts, any."""
    of_column = sorted(column.other_units, key=len, reverse=True)
    parts = [(text.removesuffix(unit), unit) for unit in ("", column.unit or "", *of_column) if text.endswith(unit)]
    if match := _MEASURED.fullmatch(text):
        parts.append((match[1], match[2]))
    for number, unit in parts:
        try:
            yield parse_number(number.rstrip()), unit
        except NotANumberError:
            continue


def _without_signs(text: str) -> str:
    """Without the apostrophe that makes a text of a number, the mark of a sum of money, a full stop, brackets."""
    text = text.strip("'‘’ ").removesuffix("。").replace("元整", "元")
    if text.startswith("¥"):
        text = text[1:].strip().removesuffix("元") + "元"
    match = _BRACKETED.fullmatch(text)
    return match[1] + match[2] if match else text


def _factor(factor: float) -> Fraction:
    """The exact ratio that a factor of a form definition stands for: 0.0667 (to seventeen digits) for a fifteenth."""
    return Fraction(factor).limit_denominator(1_000_000)


def _half_up(number: Fraction, decimals: int) -> Decimal:
    """The number rounded as offices round."""
    scaled = abs(number) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole if number >= 0 else -whole).scaleb(-decimals)


def _check_size(number: Fraction, decimals: int) -> None:
    if abs(number) >= 10 ** (_MOST_DIGITS - decimals):
        raise UnreadableError("E-VAL-14")


def _is_scientific(cell: Cell) -> bool:
    """Spreadsheets write 1.23E+11 where they have cut digits off."""
    return "E" in cell.text.upper()
