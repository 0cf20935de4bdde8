"""``huizong status``: who has reported a month, what is held for it, and which files are nobody's."""

from dataclasses import asdict
from typing import Any

from flows import show
from flows.commands import month_of, print_json
from flows.house import open_house
from flows.settings import load_settings
from flows.show_status import status_table
from schemas.calendar import due_at
from schemas.form import load_forms
from schemas.period import Period
from warehouse.status import UnitStatus, held_reports, is_closed, month_status, unplaced_files


def show_status(month: str, *, as_json: bool) -> None:
    """Who has reported the month, with lateness by the due day of each form."""
    period = month_of(month)
    engine = open_house(load_settings()).engine
    found = {
        "month": period.label,
        "closed": is_closed(engine, period.start_on),
        "units": [_status_line(line, period) for line in month_status(engine, period.start_on)],
        "held": [asdict(each) for each in held_reports(engine, period.start_on)],
        "unplaced": [asdict(file) for file in unplaced_files(engine)],
    }
    if as_json:
        print_json(found)
    else:
        status_table(period, found, show.console())


def _status_line(line: UnitStatus, period: Period) -> dict[str, Any]:
    due = due_at(period.start_on, load_forms()[line.form].due_workday)
    is_late = line.received_at is not None and line.received_at > due
    return {**asdict(line), "due_at": due, "is_late": is_late}
