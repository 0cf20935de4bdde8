"""What goes wrong on the way: reports that are rejected, the code that says why, and whether a right one follows.

The figures come out of what is accepted, so a row that counts is spoiled only where its corrected version follows.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from flows.demo.report import Report, Row, Value
from flows.demo.trainings import trainings

_LIJUZUI_OF_TANGSHAN, _LIJUZUI_OF_SUNMIAO = "340404102210", "340404200209"
_LEFT_OUT_VILLAGE = "340404100203"
# A code of digits alone that was typed as a number: the sheet keeps fifteen of them.
_CODE_AS_NUMBER = 913404047000001000


def _as_it_is(report: Report) -> Report:
    return report


def _same(content: bytes) -> bytes:
    return content


@dataclass(frozen=True)
class Fault:
    """A report that is rejected: ``spoil`` changes what it says, ``damage`` its bytes."""

    unit_code: str
    form_id: str
    month: date
    issue_code: str
    reason: str
    spoil: Callable[[Report], Report] = _as_it_is
    damage: Callable[[bytes], bytes] = _same
    is_corrected: bool = True

    def matches(self, report: Report) -> bool:
        """Whether this is the report that goes wrong."""
        return (self.unit_code, self.form_id, self.month) == (report.unit_code, report.form_id, report.month)


def _said(**said: str) -> Callable[[Report], Report]:
    return lambda report: replace(report, said=said, head="cover")


def _cells(table: str, **values: Value) -> Callable[[Report], Report]:
    """The first row of a table with other values."""

    def spoil(report: Report) -> Report:
        first, *others = report.rows[table]
        return replace(report, rows={**report.rows, table: ({**first, **values}, *others)})

    return spoil


def _officers(change: Callable[[Row], Row | None]) -> Callable[[Report], Report]:
    def spoil(report: Report) -> Report:
        changed = [change(row) for row in report.rows["officer"]]
        return replace(report, rows={**report.rows, "officer": tuple(row for row in changed if row is not None)})

    return spoil


def _without_a_village(row: Row) -> Row | None:
    return None if row["place_code"] == _LEFT_OUT_VILLAGE else row


def _with_the_other_lijuzui(row: Row) -> Row:
    """The right name with the code of the village of the same name in 唐山镇."""
    return {**row, "place_code": _LIJUZUI_OF_TANGSHAN} if row["place_code"] == _LIJUZUI_OF_SUNMIAO else row


def _without_an_open_hazard(report: Report) -> Report:
    """The ledger without a hazard that was open when the month began."""
    carried = next(row for row in report.rows["hazard"] if str(row["found_on"]) < str(report.month))
    return replace(report, rows={"hazard": tuple(row for row in report.rows["hazard"] if row is not carried)})


def _with_a_session_of_july(report: Report) -> Report:
    held: Row = report.rows["training"][0]
    ended_on = date(2021, 7, 1)
    later: Row = {
        **held,
        "training_no": f"PX{report.unit_code}{ended_on:%Y%m%d}",
        "title": "企业安全管理人员取证培训",
        "started_on": ended_on - timedelta(days=2),
        "ended_on": ended_on,
        "hours": 12.0,
    }
    return replace(report, rows={"training": (held, later)})


def _with_a_row_left_in(report: Report) -> Report:
    stray = {**trainings()[0].row, "training_no": "PX示例", "organizer_level": "township", "participants": 30}
    filled = {**stray, "started_on": report.month, "ended_on": report.month, "hours": 2.0}
    return replace(report, rows={"training": (filled,)}, said={"situation": "零报告"}, head="cover")


FAULTS = (
    Fault(
        "340404101",
        "hazard",
        date(2020, 6, 1),
        "E-F05-12",
        "a hazard that was open in May is gone in June",
        spoil=_without_an_open_hazard,
        is_corrected=False,
    ),
    Fault(
        "340404D04",
        "accident",
        date(2020, 3, 1),
        "E-FILE-01",
        "the upload broke off: half a workbook",
        damage=lambda content: content[: len(content) // 2],
    ),
    Fault(
        "340404100",
        "incident",
        date(2020, 4, 1),
        "E-VAL-13",
        "a credit code that was typed as a number, and rounded",
        spoil=_cells("incident", builder_uscc=_CODE_AS_NUMBER),
    ),
    Fault(
        "340404101",
        "accident",
        date(2020, 5, 1),
        "E-F01-05",
        "one death and 136.5 万元 entered as 较大",
        spoil=_cells("accident", grade="2"),
    ),
    Fault(
        "340404D09",
        "incident",
        date(2021, 1, 1),
        "E-HEAD-01",
        "the required column 是否伤亡 is missing",
        spoil=lambda report: replace(report, left_out=frozenset({"has_casualty"})),
    ),
    Fault(
        "340404201",
        "accident",
        date(2021, 2, 1),
        "E-COV-03",
        "code of 孙庙乡 with the name of 孤堆回族乡",
        spoil=_said(unit_code="340404200", unit_name="孤堆回族乡"),
    ),
    Fault(
        "340404D08",
        "training",
        date(2021, 2, 1),
        "E-FILE-01",
        "a text file renamed to .xlsx",
        damage=lambda _: "区教育体育局2021年2月没有举办安全培训。\r\n".encode("gb18030"),
    ),
    Fault(
        "340404005",
        "training",
        date(2021, 3, 1),
        "E-VAL-02",
        "结束日期 2021.3.32 is no date",
        spoil=_cells("training", ended_on="2021.3.32"),
    ),
    Fault(
        "340404200",
        "officer_community",
        date(2021, 3, 1),
        "E-F10-02",
        "李咀村 with the code of 李咀村 in 唐山镇",
        spoil=_officers(_with_the_other_lijuzui),
    ),
    Fault(
        "340404002",
        "training",
        date(2021, 4, 1),
        "E-COV-14",
        "file name and folder say April, the cover says March",
        spoil=_said(month="2021年3月"),
    ),
    Fault(
        "340404003",
        "training",
        date(2021, 4, 1),
        "E-COV-15",
        "零报告 on the cover, a row in the table",
        spoil=_with_a_row_left_in,
    ),
    Fault(
        "340404100",
        "officer_community",
        date(2021, 4, 1),
        "E-F10-02",
        "one village has no officer",
        spoil=_officers(_without_a_village),
        is_corrected=False,
    ),
    Fault(
        "340404D07",
        "accident",
        date(2021, 5, 1),
        "E-FILE-02",
        "an empty file",
        damage=lambda _: b"",
    ),
    Fault(
        "340404D12",
        "training",
        date(2021, 5, 1),
        "E-VAL-06",
        "培训方式 专家讲座 is none of the list",
        spoil=_cells("training", mode="专家讲座"),
    ),
    Fault(
        "340404D01",
        "training",
        date(2021, 6, 1),
        "E-F06-04",
        "a training that ended on 1 July in the report of June",
        spoil=_with_a_session_of_july,
    ),
    Fault(
        "340404103",
        "incident",
        date(2021, 6, 1),
        "E-COV-04",
        "报告期 written 二〇二一年六月",
        spoil=_said(month="二〇二一年六月"),
        is_corrected=False,
    ),
)
