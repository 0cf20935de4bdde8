"""The text of one cell in a column: what is wrong with cells of every type, and else what its type's parser says."""

import re
import unicodedata
from datetime import date
from typing import NamedTuple

from schemas.form import Column
from schemas.parsers import PARSERS
from schemas.reading import DASHES, Cell, NeedsMonthError, UnreadableError
from schemas.text import normalise
from schemas.unit import Register

_MEASURES = ("integer", "amount")
# Full-width forms are digits, but ①, ² and ½ are no digits of the number beside them, though NFKC makes them some.
_UNREADABLE = {"integer": "E-VAL-04", "amount": "E-VAL-05", "date": "E-VAL-02", "datetime": "E-VAL-03"}
_ERROR = re.compile(r"#[A-Z/0]{2,15}[!?]?|#[名称值无效数字除引用空]{1,4}[!?]|ERR:\d{3}", re.IGNORECASE)
_TOO_NARROW = re.compile(r"#{3,}")


class Outcome(NamedTuple):
    """What one text stands for, and what there is to say of it; a tuple, for there is one of every distinct text."""

    value: object = None
    code: str | None = None
    hint: str | None = None
    needs_month: bool = False


BLANK = Outcome()


def read_cell(text: str, column: Column, register: Register, month: date | None = None) -> Outcome:
    """What the text of a cell stands for in a column; ``month`` is that of the report."""
    clean = normalise(text)
    if not clean or (clean in DASHES and column.type not in _MEASURES):
        return BLANK
    if code := _fault_of_any_cell(text, clean, column):
        return Outcome(code=code)
    try:
        return Outcome(PARSERS[column.type](Cell(clean, column, register, month)))
    except UnreadableError as problem:
        return Outcome(problem.value, problem.code, problem.hint, isinstance(problem, NeedsMonthError))


def _fault_of_any_cell(text: str, clean: str, column: Column) -> str | None:
    """What is wrong with a cell of any type: an error, a formula, marks in place of what does not fit its width."""
    if clean[0] == "#" or clean[:3].upper() == "ERR":
        if _TOO_NARROW.fullmatch(clean):
            return "E-VAL-30"
        if _ERROR.fullmatch(clean):
            return "E-VAL-16"
    if clean[0] == "=" and clean.strip("=>"):
        return "E-VAL-17"
    if column.type in _UNREADABLE and not text.isascii() and any(unicodedata.category(char) == "No" for char in text):
        return _UNREADABLE[column.type]
    return None
