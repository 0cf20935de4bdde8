"""The commands that need the warehouse: run, status, indicators and trace."""

import csv
import json
import os
import sys
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from rich.console import Console

from flows import show
from flows.house import House, open_house
from flows.progress import show_progress
from flows.settings import Settings, load_settings
from schemas.calendar import due_at
from schemas.form import load_forms
from schemas.period import Period, PeriodError
from schemas.unit import UnitError
from warehouse.status import UnitStatus, month_status, unplaced_files
from warehouse.trace import trace
from warehouse.values import indicator_values

if TYPE_CHECKING:
    from flows.nightly import NightReport


def run_night(inbox: list[str] | None, today: date | None, *, as_json: bool) -> int:
    """One night without a server of our own: 1 when something was rejected, else 0."""
    report = night(load_settings(), inbox, today)
    if as_json:
        print_json(asdict(report))
    else:
        show.night_report(report, show.console())
    return int(report.has_rejects)


def night(settings: Settings, inbox: list[str] | None, today: date | None) -> "NightReport":
    """Runs the nightly flow in this process, with progress on standard error."""
    _prepare_prefect(settings)
    from flows.nightly import nightly  # noqa: PLC0415 -- its settings must stand before it is imported

    with show_progress(Console(stderr=True)):
        report: NightReport = nightly(inbox, today)
    return report


def _prepare_prefect(settings: Settings) -> None:
    """Prefect keeps its files in our home, reports to nobody and leaves the talking to us, unless told otherwise."""
    defaults = {
        "PREFECT_HOME": str(settings.root / "prefect"),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
    }
    for name, value in defaults.items():
        os.environ.setdefault(name, value)


def show_status(month: str, *, as_json: bool) -> None:
    """Who has reported the month, with lateness by the due day of each form."""
    period = Period.parse(month)
    if period.kind != "month":
        raise PeriodError(f"「{month}」不是月份，请写成 2021-03")
    house = open_house(load_settings())
    lines = [_status_line(line, period.start_on) for line in month_status(house.engine, period.start_on)]
    unplaced = [asdict(file) for file in unplaced_files(house.engine)]
    if as_json:
        print_json({"month": period.label, "units": lines, "unplaced": unplaced})
    else:
        show.status_table(period, lines, unplaced, show.console())


def _status_line(line: UnitStatus, month: date) -> dict[str, Any]:
    due = due_at(month, load_forms()[line.form].due_workday)
    is_late = line.received_at is not None and line.received_at > due
    return {**asdict(line), "due_at": due, "is_late": is_late}


def show_indicators(period_text: str, unit: str, output: str) -> None:
    """The published values of a period and a unit."""
    period = Period.parse(period_text)
    house = open_house(load_settings())
    report = indicator_values(house.engine, period, unit_code_of(house, unit))
    if output == "json":
        print_json(asdict(report))
    elif output == "csv":
        rows = [{k: v for k, v in row.items() if k != "breakdown"} for row in asdict(report)["indicators"]]
        writer = csv.DictWriter(sys.stdout, rows[0].keys() if rows else ["id"])
        writer.writeheader()
        writer.writerows(rows)
    else:
        show.indicator_table(report, period, house.register, show.console())


def show_trace(indicator: str, period_text: str, unit: str, part: str | None, *, as_json: bool) -> None:
    """Every row behind a value, or behind one part of it (``sector=construction``)."""
    period = Period.parse(period_text)
    house = open_house(load_settings())
    dimension, _, member = (part or "").partition("=")
    found = trace(house.engine, indicator, period, unit_code_of(house, unit), (dimension, member))
    if as_json:
        print_json(asdict(found))
    else:
        show.trace_table(found, period, house.register, show.console())


def unit_code_of(house: House, text: str) -> str:
    """The code of a unit that is given by its code or its name.

    Raises:
        UnitError: there is no such unit.
    """
    code = house.register.find(text)
    if code is None:
        raise UnitError(f"找不到单位「{text}」，请写单位代码或全称")
    return code


def print_json(value: object) -> None:
    """What a program reads: JSON on standard output."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=_json_value))  # noqa: T201 -- the output itself


def _json_value(value: object) -> object:
    """Decimals as numbers, times in ISO form."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    number = float(str(value))
    return int(number) if number.is_integer() else number
