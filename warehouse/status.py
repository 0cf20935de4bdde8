"""Who has reported a month, and which files could not be placed; whether a report came late is for the caller."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from warehouse import tables as t
from warehouse.scripts import query

State = Literal["accepted", "zero", "unchanged", "held", "rejected", "withdrawn", "missing"]


@dataclass(frozen=True)
class UnitStatus:
    """One unit and one form in one month.

    ``received_at`` is the first arrival of any submission, accepted or not. ``rows`` and ``file`` are of the submission
    in force; without one of that which is held or was withdrawn, if this is the state, else of the latest. ``errors``
    and ``message`` (the first of them) are of the latest: beside an accepted one they tell that a correction went back.
    """

    unit_code: str
    unit_name: str
    form: str
    form_code: str
    state: State
    owed: bool
    received_at: datetime | None
    rows: int
    errors: int
    message: str | None
    file: str | None


@dataclass(frozen=True)
class HeldReport:
    """A report that came for a closed month and waits for its release; beside it another may be in force."""

    unit_code: str
    unit_name: str
    form: str
    form_code: str
    version: int
    correction: str | None
    received_at: datetime
    file: str
    rows: int


@dataclass(frozen=True)
class UnplacedFile:
    """A file that is nobody's: no form, no unit or no month was found in it; with its first message."""

    name: str
    received_at: datetime
    message: str


def month_status(engine: Engine, month: date) -> list[UnitStatus]:
    """Every unit and form that owes the month, and whatever else arrived for it, by unit and form."""
    with engine.connect() as connection:
        rows = connection.execute(query("month_status"), {"month": month}).mappings()
        return [UnitStatus(**row) for row in rows]


def held_reports(engine: Engine, month: date) -> list[HeldReport]:
    """Everything that is held for the month, by unit and form."""
    with engine.connect() as connection:
        return [HeldReport(**row) for row in connection.execute(query("held_report"), {"month": month}).mappings()]


def is_closed(engine: Engine, month: date) -> bool:
    """Whether what arrives for the month is held."""
    with engine.connect() as connection:
        found = sa.exists().where(t.month.c.month == month, t.month.c.state == "closed")
        return connection.execute(sa.select(found)).scalar_one()


def unplaced_files(engine: Engine) -> list[UnplacedFile]:
    """The files that could not be placed, in order of arrival; a later file of the same name takes the place of one."""
    with engine.connect() as connection:
        return [UnplacedFile(**row) for row in connection.execute(query("unplaced_file")).mappings()]
