"""Chance fills a few months of a few units: every form, with what comes late, wrong, again or not at all."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from schemas.calendar import due_at
from schemas.form import load_forms
from schemas.period import add_months
from schemas.unit import Register
from tests.integration.builders import Report
from tests.integration.facts import BUREAU, DISTRICT, HOUSING, STREET, TOWN, villages
from tests.integration.model_events import Merge
from tests.integration.plain.ledgers import TABLES
from tests.integration.plain.rows import Turn
from tests.integration.registers import register_of
from tests.integration.stage import merged

VILLAGE = f"{TOWN}001"
UNITS = (STREET, TOWN, BUREAU, HOUSING)
MONTHS = tuple(add_months(date(2020, 11, 1), step) for step in range(4))
MERGED_ON = date(2021, 2, 1)
_SENT_AGAIN = 15


def few_units() -> Register:
    """Two townships, of which one becomes a part of the other, its village, and two departments."""
    register = register_of(DISTRICT, *UNITS, VILLAGE, own=villages({VILLAGE: TOWN}))
    return merged(register, Merge(TOWN, STREET, MERGED_ON))


def nights(chance: Random, register: Register) -> tuple[list[Report], list[Report]]:
    """What comes in a first night, and what is sent again in a second."""
    owed = sorted(
        (duty.form, duty.unit_code, month)
        for duty in register.duties()
        for month in MONTHS
        if register.units[duty.unit_code].is_valid(month)
    )
    sent = [key for key in owed if chance.random() < 0.8]
    first = [_report(chance, *key) for key in sent]
    again = [replace(_report(chance, *key), version=2, name=f"again-{key}") for key in chance.sample(sent, _SENT_AGAIN)]
    return first, again


def _report(chance: Random, form: str, unit: str, month: date) -> Report:
    """A report that is mostly right, with rows, as before, or with nothing to tell."""
    due = due_at(month, load_forms()[form].due_workday)
    arrived = due + chance.choice((timedelta(days=-1), timedelta(0), timedelta(seconds=1)))
    errors = ["日期不对"] if chance.random() < 0.1 else []
    filled = TABLES[form](Turn(chance, unit, month))
    silent = chance.choice(("zero", "unchanged")) if chance.random() < 0.25 and form != "hazard" else ""
    if silent:
        return Report(form, unit, month, {}, states=_said(form, silent), errors=errors, received_at=arrived)
    return Report(form, unit, month, filled, errors=errors, received_at=arrived)


def _said(form: str, silent: str) -> Mapping[str, str]:
    """Only lists that stand can stay as they were."""
    return {
        table_id: silent if table.grain == "snapshot" else "zero"
        for table_id, table in load_forms()[form].tables.items()
    }
