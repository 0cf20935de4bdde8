"""One cell as a column of some type reads it."""

from datetime import date
from typing import Any

from schemas.form import Column, ColumnType
from schemas.one_cell import Outcome, read_cell
from schemas.unit import load_register

MARCH = date(2021, 3, 1)
REGISTER = load_register()


def outcome(text: str, kind: ColumnType, month: date | None = MARCH, **column: Any) -> Outcome:  # noqa: ANN401
    """What the cell stands for in a report of a month, and what is said of it."""
    return read_cell(text, Column(label="列", type=kind, **column), REGISTER, month)


def read(text: str, kind: ColumnType, month: date | None = MARCH, **column: Any) -> tuple[object, str | None]:  # noqa: ANN401
    """Its value and the code of what is said of it."""
    found = outcome(text, kind, month, **column)
    return found.value, found.code
