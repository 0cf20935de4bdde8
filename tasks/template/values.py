"""Typed values to cells that are read back to the equal value: codes in words, days as days, numbers as such."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from schemas.form import Column
from schemas.unit import Register
from tasks.template.choices import yes_and_no

CellValue = str | int | float | date | None


def cell_of(value: object, column: Column, register: Register) -> CellValue:
    """The cell for a value of a column as the warehouse has it; None is blank.

    Raises:
        TypeError: no column has a value of this type.
    """
    if value is None or isinstance(value, date):
        return value
    if isinstance(value, bool):
        return yes_and_no(column)[0 if value else 1]
    if isinstance(value, int | float | Decimal):
        return int(value) if value == int(value) else float(value)
    if isinstance(value, str):
        return _text(value, column, register)
    if isinstance(value, Iterable):
        return "、".join(_name(code, column) for code in value)
    raise TypeError(f"{type(value).__name__}: no column holds it")


def _text(value: str, column: Column, register: Register) -> str:
    if column.type == "code":
        return _name(value, column)
    if column.type == "unit" and value in register.units:
        # Villages have names in common: those stay codes.
        name = register.units[value].name
        return name if register.find(name) == value else value
    return value


def _name(code: object, column: Column) -> str:
    """The official spelling; a code that the form no longer has stays as it is, and is asked about."""
    names = column.codes.get(str(code))
    return names[0] if names else str(code)
