"""What is late: reports that are owed, whose due day has passed and that are not accepted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from schemas.calendar import due_at
from schemas.form import load_forms
from schemas.period import add_months
from warehouse.engine import Engine
from warehouse.open_months import open_months
from warehouse.status import State, UnitStatus, month_status

# What waits for its release was reported: the next step is not the unit's.
_LATE: frozenset[State] = frozenset({"missing", "rejected", "withdrawn"})


@dataclass(frozen=True)
class Late:
    """One report that a unit owes; ``errors`` and the first ``message`` are of what was sent back."""

    unit_code: str
    unit_name: str
    form: str
    form_code: str
    form_title: str
    month: date
    due_on: date
    days_late: int
    state: State
    errors: int
    message: str | None


def outstanding(engine: Engine, day: date, month: date | None = None) -> list[Late]:
    """Everything that is late on a day, by unit, month and form.

    Args:
        engine: the warehouse, asked for what it knows now.
        day: on which it is late, that is: after the due day, whatever the hour.
        month: asked alone, also if it is closed; None is every month that is open.

    Raises:
        CalendarEndsError: the calendar does not reach the due day of a report.
    """
    months = [month] if month else open_months(engine, add_months(day, -1))
    found = [each for asked in months for each in _late_in(engine, asked, day)]
    return sorted(found, key=lambda late: (late.unit_code, late.month, late.form_code))


def _late_in(engine: Engine, month: date, day: date) -> Iterator[Late]:
    for line in month_status(engine, month):
        if line.owed and line.state in _LATE:
            due_on = due_at(month, load_forms()[line.form].due_workday).date()
            if due_on < day:
                yield _late(line, month, due_on, day)


def _late(line: UnitStatus, month: date, due_on: date, day: date) -> Late:
    return Late(
        unit_code=line.unit_code,
        unit_name=line.unit_name,
        form=line.form,
        form_code=line.form_code,
        form_title=load_forms()[line.form].title,
        month=month,
        due_on=due_on,
        days_late=(day - due_on).days,
        state=line.state,
        errors=line.errors if line.state == "rejected" else 0,
        message=line.message if line.state == "rejected" else None,
    )
