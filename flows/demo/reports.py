"""Every report that the units of the district owe for the months of the sample, as it ought to be."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from flows.demo.accidents import accidents, incidents
from flows.demo.campaigns import campaigns
from flows.demo.draw import happens
from flows.demo.duty import disasters, duty
from flows.demo.faults import FAULTS
from flows.demo.inspections import inspections
from flows.demo.ledger import ledger
from flows.demo.officers import community_rows, officer_rows
from flows.demo.penalties import penalties
from flows.demo.plans import drills, plans
from flows.demo.publicity import activities
from flows.demo.report import Fact, Report, Row
from flows.demo.responsibility import responsibility
from flows.demo.risks import risks
from flows.demo.slips import SLIPS
from flows.demo.teams import supplies, teams
from flows.demo.tips import tips
from flows.demo.trainings import trainings
from schemas.form import load_forms
from schemas.period import Period, add_months
from schemas.unit import Register

MONTHS = tuple(month for half in ("2020-H1", "2021-H1") for month in Period.parse(half).months())
# Two forms of one unit and month that came in one workbook: the first holds the second.
IN_ONE_WORKBOOK = (("340404D13", "inspection", date(2021, 3, 1)), ("340404D13", "hazard", date(2021, 3, 1)))
_SENT_AGAIN_PCT = 30

Rows = tuple[Row, ...]
_DRAWN: Mapping[str, Callable[[str, date], Rows]] = {
    "inspection": inspections,
    "penalty": penalties,
    "hazard": ledger,
    "publicity": activities,
    "plan": plans,
    "drill": drills,
    "team": teams,
    "supply": supplies,
    "duty": duty,
    "disaster": disasters,
    "responsibility": responsibility,
    "tip": tips,
    "risk": lambda _, month: risks(month),
    "campaign": campaigns,
}
_Facts = Mapping[tuple[str, str, date], Rows]


def reports(register: Register) -> Iterator[Report]:
    """The reports in the order of months, forms and units; the first half-years of 2020 and 2021."""
    facts = _by_key([*accidents(), *incidents(), *trainings()])
    spoiled = {(fault.unit_code, fault.form_id, fault.month) for fault in FAULTS}
    for month in MONTHS:
        made = [_report(duty.unit_code, duty.form, month, facts, register) for duty in register.duties()]
        for report in made:
            is_whole = (report.unit_code, report.form_id, month) in spoiled
            yield _with_slip(report if is_whole else _without_what_stayed(report, facts, register))


def _report(unit_code: str, form_id: str, month: date, facts: _Facts, register: Register) -> Report:
    tables = load_forms()[form_id].tables
    rows = {table: _rows(unit_code, table, month, facts, register) for table in tables}
    return Report(unit_code, form_id, month, rows)


def _rows(unit_code: str, table: str, month: date, facts: _Facts, register: Register) -> Rows:
    if table == "officer":
        return officer_rows(unit_code, month, register)
    if table == "community":
        return community_rows(unit_code, month, register)
    if make := _DRAWN.get(table):
        return make(unit_code, month)
    return facts.get((unit_code, table, month), ())


def _without_what_stayed(report: Report, facts: _Facts, register: Register) -> Report:
    """Snapshots that are those of last month say so, though some units send them once more."""
    before = add_months(report.month, -1)
    if before not in MONTHS or happens(_SENT_AGAIN_PCT, *report.key, "sent again"):
        return report
    stayed = frozenset(
        table.id
        for table in report.form.tables.values()
        if table.may_be_unchanged
        and report.rows[table.id]
        and report.rows[table.id] == _rows(report.unit_code, table.id, before, facts, register)
    )
    return replace(report, rows={**report.rows, **dict.fromkeys(stayed, ())}, unchanged=stayed)


def _with_slip(report: Report) -> Report:
    slip = next((slip for slip in SLIPS if slip.matches(report)), None)
    return slip.change(report) if slip else report


def _by_key(facts: list[Fact]) -> dict[tuple[str, str, date], Rows]:
    found: dict[tuple[str, str, date], Rows] = {}
    for fact in facts:
        for reporter in fact.reporters:
            key = (reporter, fact.form_id, fact.month)
            found[key] = (*found.get(key, ()), fact.row)
    return found
