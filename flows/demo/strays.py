"""Files that no duty asks for: from a body that is no reporting unit, of no known form, and one that was sent twice."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import PurePosixPath

from flows.demo.people import phone
from flows.demo.report import Document, Report
from flows.demo.sheet import Line, Sheet
from flows.demo.writers import write
from schemas.calendar import SHANGHAI

UNKNOWN_UNIT, UNKNOWN_FORM = "E-COV-02", "E-FILE-04"
RESENT = ("340404101", "incident", date(2021, 2, 1))


def report_of_unknown_unit() -> Report:
    """A zero report from a body that is on no list."""
    name = "区残疾人联合会"
    return Report(
        "340404D13",
        "training",
        date(2021, 3, 1),
        {"training": ()},
        said={"unit_name": name, "unit_code": ""},
        head="cover",
        folder=name,
    )


def duty_roster() -> Document:
    """A workbook that is none of the forms."""
    lines = (
        Line(("五一假期值班安排表（示例数据）",), kind="title", span=4),
        Line(("日期", "带班领导", "值班人员", "值班电话"), kind="heading"),
        *(Line((f"5月{day}日", "示例甲", "示例乙", phone(0))) for day in range(1, 6)),
    )
    path = PurePosixPath("区卫生健康委员会", "2021-05", "五一值班安排表.xlsx")
    return Document(path, write([Sheet("值班表", lines)], "xlsx"), datetime(2021, 6, 2, 9, 15, tzinfo=SHANGHAI))


def sent_twice(first: Document) -> Document:
    """The same file once more, under another name, an hour later."""
    again = first.path.with_name(f"{first.path.stem}（再次报送）{first.path.suffix}")
    return replace(first, path=again, arrived_at=first.arrived_at + timedelta(hours=1))
