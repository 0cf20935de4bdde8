"""The reports of a warehouse as plain values."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from schemas.period import Period, add_months, periods_of
from schemas.unit import Register


@dataclass(frozen=True)
class Line:
    """One row of a table, with the report in which it stands; ``order`` ascends as rows arrived."""

    unit: str
    month: date
    received_at: datetime
    order: tuple[int, int]
    cells: Mapping[str, Any]

    def __getitem__(self, column: str) -> Any:  # noqa: ANN401 -- as the column has it
        """The cell of a column; None where it is blank."""
        return self.cells[column]


@dataclass(frozen=True)
class Report:
    """A report in force; ``states`` say of each table whether it has rows, none, or stays as before."""

    form: str
    unit: str
    month: date
    situation: str
    states: Mapping[str, str]
    tables: Mapping[str, tuple[Line, ...]]


@dataclass(frozen=True)
class Arrival:
    """Anything that came for a report."""

    form: str
    unit: str
    month: date
    received_at: datetime
    number: int
    is_rejected: bool


@dataclass(frozen=True)
class World:
    """All that is known: units and their duties, reports in force, arrivals, and published reports replaced later."""

    register: Register
    reports: tuple[Report, ...]
    arrivals: tuple[Arrival, ...]
    revised: tuple[tuple[str, date], ...]

    @cached_property
    def months(self) -> list[date]:
        """From the first to the last month of which a report is in force."""
        said = {report.month for report in self.reports}
        months = [min(said)] if said else []
        while months and months[-1] < max(said):
            months.append(add_months(months[-1], 1))
        return months

    @cached_property
    def periods(self) -> list[Period]:
        """Every period in which one of the months lies."""
        return periods_of(self.months)

    @cached_property
    def _by_key(self) -> Mapping[tuple[str, str, date], Report]:
        return {(report.form, report.unit, report.month): report for report in self.reports}

    @cached_property
    def _rows(self) -> Mapping[str, list[Line]]:
        rows: dict[str, list[Line]] = {}
        for report in self.reports:
            for table, lines in report.tables.items():
                rows.setdefault(table, []).extend(lines)
        return rows

    def report(self, form: str, unit: str, month: date) -> Report | None:
        """The report in force, if any."""
        return self._by_key.get((form, unit, month))

    def rows(self, table: str) -> list[Line]:
        """The rows of a table in all reports in force."""
        return self._rows.get(table, [])

    def standing(self, table: str, month: date) -> list[Line]:
        """What stands in a month: of each unit the rows of the last report by then that did not say "as before"."""
        latest: dict[str, Report] = {}
        for report in sorted(self.reports, key=lambda report: report.month):
            if report.month <= month and report.states.get(table, "unchanged") != "unchanged":
                latest[report.unit] = report
        return [line for report in latest.values() for line in report.tables.get(table, ())]

    @cached_property
    def owed(self) -> frozenset[tuple[str, str, date]]:
        """Who owes which form in which month: as the duty says, while the unit stands at the month's beginning."""
        return frozenset(
            (duty.form, duty.unit_code, month)
            for duty in self.register.duties()
            for month in self.months
            if duty.valid_from <= month and (duty.valid_to is None or month < duty.valid_to)
            if any(unit.is_valid(month) for unit in self.register.versions[duty.unit_code])
        )


def newest(
    lines: Iterable[Line],
    key: Callable[[Line], Hashable],
    rank: Callable[[Line], int] | None = None,
) -> list[Line]:
    """One row for each key: of the highest rank, then of the latest month, then the one that came last."""
    found: dict[Hashable, Line] = {}
    for line in sorted(lines, key=lambda line: (rank(line) if rank else 0, line.month, line.order)):
        found[key(line)] = line
    return list(found.values())
