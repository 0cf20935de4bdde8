"""What a cell may be chosen from: codes in their official spelling, yes and no, units."""

from datetime import date, timedelta

from schemas.form import Column, Table
from schemas.period import add_months
from schemas.unit import Register

_HAS = ("有", "无")
_IS = ("是", "否")
_DISTRICT_AND_BELOW = ("district", "township")


def choices(table: Table, name: str, register: Register, month: date | None) -> tuple[str, ...]:
    """The official spellings of what a column may hold, in the order of the list; none where it is no list.

    With a month only what is in force in it: codes on any of its days (or so many days later as a rule of the table
    still allows), units that stand in it.
    """
    column = table.columns[name]
    if column.type == "yes_no":
        return yes_and_no(column)
    if column.type == "unit":
        return _units(register, month)
    lead = max((rule.days or 0 for rule in table.rules if rule.kind == "in_force" and rule.column == name), default=0)
    codes = [code for code in column.codes if month is None or _is_in_force(column, code, month, lead)]
    return tuple(dict.fromkeys(column.codes[code][0] for code in codes))


def yes_and_no(column: Column) -> tuple[str, str]:
    """The words for yes and no that suit the column, as its example has them."""
    return _HAS if column.example in _HAS else _IS


def _is_in_force(column: Column, code: str, month: date, lead: int) -> bool:
    spans = column.valid.get(code)
    end = add_months(month, 1) + timedelta(days=lead)
    return spans is None or any(
        (span.start is None or span.start < end) and (span.end is None or month < span.end) for span in spans
    )


def _units(register: Register, month: date | None) -> tuple[str, ...]:
    """The district, its townships and streets; villages share names and are given by their codes."""
    return tuple(
        unit.name
        for code in register.versions
        for unit in register.versions[code]
        if unit.level in _DISTRICT_AND_BELOW and (unit.stands_in(month) if month else unit.valid_to is None)
    )
