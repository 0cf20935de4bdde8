"""Chance fills a few months of a few units: every form, with what comes twice, late, wrong, again or not at all."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import TypeAlias

from schemas.calendar import SHANGHAI, due_at
from schemas.period import add_months
from schemas.unit import Register, build_register, load_register
from tests.integration.builders import Report, Row
from tests.integration.facts import BUREAU, DISTRICT, HOUSING, STREET, TOWN, villages
from tests.integration.plain.rows import TABLES

VILLAGE = f"{TOWN}001"
UNITS = (STREET, TOWN, BUREAU, HOUSING)
MONTHS = tuple(add_months(date(2020, 11, 1), step) for step in range(4))
MERGED_ON = date(2021, 2, 1)
_SNAPSHOTS = ("plan", "team", "supply", "officer", "community", "risk")
Rows: TypeAlias = Mapping[str, Sequence[Row]]


def few_units() -> Register:
    """Two townships, of which one becomes a part of the other, its village, and two departments."""
    register = load_register(villages({VILLAGE: TOWN}))
    merged = {"valid_to": MERGED_ON, "successors": (STREET,)}
    units = [register.units[code] for code in (DISTRICT, STREET, BUREAU, HOUSING, VILLAGE)]
    owed = [
        each.model_copy(update={"units": tuple(code for code in each.units if code in UNITS)})
        for each in register.obligations
    ]
    return build_register(
        [*units, register.units[TOWN].model_copy(update=merged)],
        [each for each in owed if each.units or each.kinds],
    )


def nights(chance: Random, register: Register) -> tuple[list[Report], list[Report]]:
    """What comes in a first night, and what is sent again in a second."""
    duties = sorted(
        {(duty.form, duty.unit_code, month) for duty in register.duties() for month in MONTHS if duty.form in TABLES}
    )
    first = [_report(chance, *key) for key in duties if chance.random() < 0.8]
    again = [_report(chance, each.form, str(each.unit_code), _month(each)) for each in chance.sample(first, 12)]
    return first, [replace(each, version=2, correction="更正", name=f"again-{number}") for number, each in enumerate(again)]
