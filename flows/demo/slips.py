"""What is odd in reports that are accepted: sheets as people keep them. The reader tells of it and loads the rows."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from flows.demo.report import Quirks, Report

_GROUPS = {
    "发现隐患": {"hazards_general": "一般隐患", "hazards_major": "重大隐患"},
    "隐患处置": {"fixed_on_spot": "当场整改", "ordered_to_fix": "限期整改", "transferred": "移交其他部门"},
}


@dataclass(frozen=True)
class Slip:
    """A report with a quirk; ``issue_code`` is what the reader says of it, None when it has nothing to say."""

    unit_code: str
    form_id: str
    month: date
    issue_code: str | None
    reason: str
    change: Callable[[Report], Report]

    def matches(self, report: Report) -> bool:
        """Whether this is the report with the quirk."""
        return (self.unit_code, self.form_id, self.month) == (report.unit_code, report.form_id, report.month)


def _with(quirks: Quirks) -> Callable[[Report], Report]:
    return lambda report: replace(report, quirks=quirks)


def _with_last_year(report: Report) -> Report:
    old = replace(report, month=report.month.replace(year=report.month.year - 1))
    return replace(report, quirks=Quirks(last_year=old))


def _with_a_penalty_more(report: Report) -> Report:
    """A penalty in the figures that the list of decisions does not have."""
    first, *others = report.rows["inspection"]
    more = {**first, "penalties": int(str(first["penalties"])) + 1}
    return replace(report, rows={"inspection": (more, *others)})


SLIPS = (
    Slip(
        "340404001",
        "training",
        date(2021, 1, 1),
        "W-TOT-01",
        "the row of totals does not fit the rows",
        _with(Quirks(miscounted={"participants": 5})),
    ),
    Slip(
        "340404102",
        "inspection",
        date(2021, 5, 1),
        "W-TOT-01",
        "a control total of visits that does not fit",
        _with(Quirks(miscounted={"visits": 10})),
    ),
    Slip(
        "340404D06",
        "inspection",
        date(2021, 6, 1),
        "W-X06",
        "a penalty more than decisions",
        _with_a_penalty_more,
    ),
    Slip(
        "340404D05",
        "inspection",
        date(2021, 3, 1),
        "I-HEAD-05",
        "fines in 元 under a heading that says so",
        _with(Quirks(units={"fines_wan": "元"})),
    ),
    Slip(
        "340404D02",
        "inspection",
        date(2021, 5, 1),
        None,
        "headings in two rows: 发现隐患 over 一般隐患 and 重大隐患",
        _with(Quirks(groups=_GROUPS)),
    ),
    Slip(
        "340404003",
        "hazard",
        date(2021, 3, 1),
        "I-ROW-03",
        "a hazard that a filter hides",
        _with(Quirks(hidden_row=1)),
    ),
    Slip(
        "340404D14",
        "inspection",
        date(2021, 2, 1),
        "W-FILE-09",
        "the sheet of last year, hidden",
        _with_last_year,
    ),
)
