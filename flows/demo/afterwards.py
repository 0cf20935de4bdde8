"""What the bulletin of June 2021 did not know: what had been said wrongly until then, and what came in the days after.

The figures of the half-year are those of what is right, so a sequel that counts is the report as it ought to be, and
what stood in the bulletin was wrong. Only what never comes into force may say something else.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from flows.demo.accidents import HOUSING
from flows.demo.report import Document, Report, Row, Value
from flows.demo.trainings import BUREAU
from schemas.calendar import SHANGHAI
from schemas.period import add_months

# The 8th working day of July 2021, on which the bulletin on June goes out: its night takes in what arrived before.
BULLETIN = date(2021, 7, 12)
CLOSED_MONTHS = (date(2021, 1, 1), date(2021, 2, 1), date(2021, 3, 1))
REPEATED = "E-COV-08"

Change = Callable[[Report], Report]


def _as_it_is(report: Report) -> Report:
    return report


@dataclass(frozen=True)
class Later:
    """What arrives after the bulletin; with a ``correction`` it is version 2, else version 1.

    ``change`` makes it of what ought to be reported; ``issue_code`` tells why it goes back, None where it does not.
    """

    arrived_at: datetime
    correction: str | None = None
    change: Change = _as_it_is
    issue_code: str | None = None


@dataclass(frozen=True)
class Sequel:
    """A report whose story goes on after the bulletin.

    ``first`` makes of what ought to be reported what the bulletin knew, None where it knew nothing.
    """

    unit_code: str
    form_id: str
    month: date
    reason: str
    first: Change | None
    later: Later | None = None

    @property
    def key(self) -> tuple[str, str, date]:
        """Which report it is."""
        return (self.unit_code, self.form_id, self.month)

    def matches(self, report: Report) -> bool:
        """Whether this is the report that it is about."""
        return self.key == (report.unit_code, report.form_id, report.month)


def _at(day: int, hour: int, minute: int) -> datetime:
    """A time of July 2021."""
    return datetime(2021, 7, day, hour, minute, tzinfo=SHANGHAI)


def under_another_name(document: Document) -> Document:
    """The file as people name it who change it and send it again."""
    return replace(document, path=document.path.with_name(f"{document.path.stem}（改）{document.path.suffix}"))


def _nothing(report: Report) -> Report:
    return replace(report, rows=dict.fromkeys(report.rows, ()))


def _cells(table: str, row: int = 0, **values: Value) -> Change:
    """One row of a table with other values."""

    def change(report: Report) -> Report:
        rows = list(report.rows[table])
        rows[row] = {**rows[row], **values}
        return replace(report, rows={**report.rows, table: tuple(rows)})

    return change


def _before_two_were_closed(report: Report) -> Report:
    """The ledger in which two hazards that were verified in the month, before they were due, still wait for it."""
    end = f"{add_months(report.month, 1)}"
    rows = enumerate(report.rows["hazard"])
    closed = [place for place, row in rows if row["status"] == "closed" and str(row["due_on"]) >= end]
    for place in closed[:2]:
        report = _cells("hazard", place, status="to_verify", verified_on=None, verifier=None)(report)
    return report


def _with_a_leak_next_door(report: Report) -> Report:
    """A leak that happened across the border of the district."""
    occurred_at = datetime(2021, 6, 11, 8, 20)  # noqa: DTZ001, a wall clock as written in the sheet
    leak: Row = {
        "incident_no": f"SJ340404{occurred_at:%Y%m%d}01",
        "occurred_at": occurred_at,
        "place": "示例路北段居民楼",
        "town_code": report.unit_code,
        "incident_type": "gas_leak",
        "cause_code": "ageing",
        "affected_households": 36,
        "evacuated": 0,
        "resolved_at": occurred_at.replace(hour=10),
        "has_casualty": False,
        "case_opened": False,
    }
    return replace(report, rows={"incident": (leak,)})


WITHDRAWN = Sequel(
    "340404201", "incident", date(2021, 6, 1), "a leak of another district", first=_with_a_leak_next_door
)
RELEASED = Sequel(
    HOUSING,
    "accident",
    date(2021, 3, 1),
    "the loss of an accident is verified after its month was closed",
    first=_cells("accident", stage="follow_up", direct_loss_wan=110.0),
    later=Later(_at(13, 10, 5), "核报：直接经济损失核定为128万元"),
)
HELD = Sequel(
    BUREAU,
    "training",
    date(2021, 3, 1),
    "a correction of a closed month that nobody lets in",
    first=_as_it_is,
    later=Later(_at(14, 11, 20), "补计分会场参训6人", change=_cells("training", participants=92, exam_due=92)),
)
SEQUELS = (
    RELEASED,
    HELD,
    WITHDRAWN,
    Sequel(
        "340404P01",
        "training",
        date(2021, 5, 1),
        "nothing was reported where a training was held",
        first=_nothing,
        later=Later(_at(13, 15, 40), "漏报企业三项岗位人员培训一期"),
    ),
    Sequel(
        "340404D07",
        "hazard",
        date(2021, 6, 1),
        "two hazards that were closed in June are said to wait for it",
        first=_before_two_were_closed,
        later=Later(_at(14, 9, 10), "2处隐患6月已复查销号，原台账未更新"),
    ),
    Sequel(
        "340404102",
        "officer_community",
        date(2021, 6, 1),
        "a community that applied is said to prepare for it",
        first=_cells("community", stage="founding", applied_on=None, score=79.0),
        later=Later(_at(14, 16, 30), "李咀村6月22日已申报，原表仍填创建中"),
    ),
    Sequel(
        "340404D08",
        "training",
        date(2021, 6, 1),
        "a zero report that comes a week late",
        first=None,
        later=Later(_at(15, 8, 50)),
    ),
    Sequel(
        "340404200",
        "training",
        date(2021, 4, 1),
        "other figures under a version that is here already",
        first=_as_it_is,
        later=Later(_at(15, 14, 15), change=_cells("training", participants=42), issue_code=REPEATED),
    ),
)
