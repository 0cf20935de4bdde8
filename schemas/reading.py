"""What a parser is given, and how it says that a cell cannot be read or is read with a doubt."""

from datetime import date
from typing import NamedTuple

from schemas.form import Column
from schemas.unit import Register

DASHES = frozenset({"-", "--", "---", "—", "——", "–", "―", "─", "──", "‐", "−", "/", "//", "\\"})
NOTHING = frozenset({"无", "零", "没有", *DASHES})


class UnreadableError(Exception):
    """An issue code for a cell, with the value that is kept where it is no error, and what its message may add."""

    def __init__(self, code: str, value: object = None, hint: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.value = value
        self.hint = hint


class NeedsMonthError(UnreadableError):
    """Only the month of the report says what day it is."""


class Cell(NamedTuple):
    """A normalised text in a column; ``month`` is that of the report, for days that leave out their year.

    A tuple, for there is one of every distinct text.
    """

    text: str
    column: Column
    register: Register
    month: date | None = None
