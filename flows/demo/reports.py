"""Every report that the units of the district owe for the months of the sample, as it ought to be."""

from collections.abc import Iterator
from datetime import date

from flows.demo.accidents import accidents, incidents
from flows.demo.officers import community_rows, officer_rows
from flows.demo.report import Fact, Report, Row
from flows.demo.trainings import trainings
from schemas.period import Period
from schemas.unit import Register

MONTHS = tuple(month for half in ("2020-H1", "2021-H1") for month in Period.parse(half).months())
_QUARTER = 3
# The row of totals does not fit the rows: a warning, for the rows decide.
_MISCOUNTED = ("340404001", "training", date(2021, 1, 1))


def reports(register: Register) -> Iterator[Report]:
    """The reports in the order of months, forms and units; the first half-years of 2020 and 2021."""
    facts = _by_key([*accidents(), *incidents(), *trainings()])
    for month in MONTHS:
        for unit_code, form_id in _owed(register, month):
            rows = _rows(unit_code, form_id, month, facts, register)
            is_miscounted = (unit_code, form_id, month) == _MISCOUNTED
            yield Report(unit_code, form_id, month, rows, miscounted_by=5 if is_miscounted else 0)


def _owed(register: Register, month: date) -> list[tuple[str, str]]:
    """Who reports what: the duties, and a zero report of trainings once a quarter from those who owe nothing."""
    duties = [(duty.unit_code, duty.form) for duty in register.duties()]
    busy = {unit_code for unit_code, _ in duties}
    idle = [code for code, unit in register.units.items() if unit.kind == "department" and code not in busy]
    return duties + ([(code, "training") for code in idle] if month.month % _QUARTER == 0 else [])


def _by_key(facts: list[Fact]) -> dict[tuple[str, str, date], tuple[Row, ...]]:
    found: dict[tuple[str, str, date], tuple[Row, ...]] = {}
    for fact in facts:
        for reporter in fact.reporters:
            key = (reporter, fact.form_id, fact.month)
            found[key] = (*found.get(key, ()), fact.row)
    return found


def _rows(
    unit_code: str, form_id: str, month: date, facts: dict[tuple[str, str, date], tuple[Row, ...]], register: Register
) -> dict[str, tuple[Row, ...]]:
    if form_id == "officer_community":
        return {
            "officer": officer_rows(unit_code, month, register),
            "community": community_rows(unit_code, month, register),
        }
    return {form_id: facts.get((unit_code, form_id, month), ())}
