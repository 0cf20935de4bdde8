"""When reports arrive. Lateness is judged by arrival, and a form is due at 17:30 on the fifth working day."""

from datetime import date, datetime, timedelta

from flows.demo.draw import draw
from flows.demo.report import Report
from schemas.calendar import SHANGHAI, due_at

DUE_WORKDAY = 5
_WORKDAY_OF_SPOILED = 2
_WORKDAY_OF_CORRECTED = 4
_MINUTES = 530  # from 8:39 to 17:29

# One on the stroke and one a second after it; one three days late, since the due day was a Friday.
_GIVEN = {
    ("340404002", "incident", date(2021, 4, 1), 1): datetime(2021, 5, 11, 17, 30, 0, tzinfo=SHANGHAI),
    ("340404D05", "accident", date(2021, 4, 1), 1): datetime(2021, 5, 11, 17, 30, 1, tzinfo=SHANGHAI),
    ("340404D09", "incident", date(2021, 2, 1), 1): datetime(2021, 3, 8, 10, 12, 0, tzinfo=SHANGHAI),
    # Corrected after the figures of the month were published.
    ("340404102", "training", date(2021, 4, 1), 2): datetime(2021, 6, 15, 9, 40, 0, tzinfo=SHANGHAI),
}
# Never sent at all: not a zero, a gap.
MISSING = frozenset({("340404D12", "training", date(2021, 2, 1))})


def arrived_at(report: Report, *, is_spoiled: bool = False) -> datetime:
    """When a report arrived; its corrected version comes two working days after the spoiled one."""
    if given := _GIVEN.get((report.unit_code, report.form_id, report.month, report.version)):
        return given
    workday = 1 + draw(DUE_WORKDAY, *report.key, "workday")
    if is_spoiled:
        workday = _WORKDAY_OF_SPOILED
    elif report.version > 1:
        workday = _WORKDAY_OF_CORRECTED
    before_closing = timedelta(minutes=1 + draw(_MINUTES, *report.key, report.version), seconds=draw(60, *report.key))
    return due_at(report.month, workday) - before_closing
