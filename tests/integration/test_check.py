"""``huizong check`` on a workbook with fifty planted errors: those fifty, each at its cell, and nothing else."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from random import randbytes

import pytest

from schemas.issue import column_letter
from tasks.returned.own import TITLE
from tests.hostile import with_parts
from tests.integration.huizong import huizong, new_home
from tests.returned import opened
from tests.workbooks import ACCIDENT, TRAINING, Cell, grid, xlsx

# A report of last month, so that its age is nothing to remark upon.
LAST = (date.today().replace(day=1) - timedelta(days=1)).replace(day=1)  # noqa: DTZ011 -- the day of the command
DAY = f"{LAST:%Y-%m}-09"
NEXT = (LAST + timedelta(days=32)).replace(day=1)
HEAD = ("填报单位：谢三村街道", f"所属月份：{LAST:%Y年%m月}")

# The cells to write over a right row, and the code that stands for each.
TRAININGS: list[tuple[str, Cell, str]] = [
    ("started_on", "2021-13-01", "E-VAL-02"),
    ("ended_on", 1, "E-VAL-02"),
    ("ended_on", "#NAME?", "E-VAL-16"),
    ("ended_on", None, "E-VAL-01"),
    ("ended_on", f"{NEXT}", "E-F06-04"),
    ("title", None, "E-VAL-01"),
    ("title", "#REF!", "E-VAL-16"),
    ("category", "其它类", "E-VAL-06"),
    ("category", None, "E-VAL-01"),
    ("mode", "面授加网络", "E-VAL-06"),
    ("organizer", None, "E-VAL-01"),
    ("organizer_level", "国家级", "E-VAL-06"),
    ("audience", "群众、外星人", "E-VAL-06"),
    ("audience", None, "E-VAL-01"),
    ("participants", "约30", "E-VAL-04"),
    ("participants", "30余", "E-VAL-04"),
    ("participants", "3-5", "E-VAL-04"),
    ("participants", 1.5, "E-VAL-04"),
    ("participants", "十几", "E-VAL-04"),
    ("participants", None, "E-VAL-01"),
    ("participants", "#DIV/0!", "E-VAL-16"),
    ("hours", "八个", "E-VAL-20"),
    ("hours", -1, "E-VAL-09"),
    ("hours", "#N/A", "E-VAL-16"),
]
ACCIDENTS: list[tuple[str, Cell, str]] = [
    ("accident_no", "SG-1", "E-VAL-11"),
    ("accident_name", "事" * 81, "E-VAL-10"),
    ("accident_name", "“13·9”事故", "E-F01-14"),
    ("occurred_at", "上午", "E-VAL-03"),
    ("occurred_at", None, "E-VAL-01"),
    ("received_at", f"{DAY} 25:00", "E-VAL-03"),
    ("entered_at", f"{DAY} 06:50", "E-F01-03"),
    ("place", None, "E-VAL-01"),
    ("town_code", "谢三村", "E-VAL-08"),
    ("town_code", None, "E-VAL-01"),
    ("enterprise_name", None, "E-VAL-01"),
    ("uscc", 911101066976941872, "E-VAL-13"),
    ("industry_section", "Z", "E-VAL-06"),
    ("industry_division", "98", "E-VAL-06"),
    ("sector", "农业", "E-VAL-06"),
    ("accident_type", "99", "E-VAL-06"),
    ("is_production", "也许", "E-VAL-07"),
    ("deaths", "两三", "E-VAL-04"),
    ("missing_persons", None, "E-VAL-01"),
    ("serious_injuries", "2人次", "E-VAL-20"),
    ("minor_injuries", -2, "E-VAL-09"),
    ("direct_loss_wan", "一百多", "E-VAL-05"),
    ("grade", "特大", "E-VAL-06"),
    ("grade", "较大", "E-F01-05"),
    ("stage", "终报", "E-VAL-06"),
    ("reporter_role", None, "E-VAL-01"),
]


def planted() -> Iterator[tuple[str, int, str, str]]:
    """Sheet, row, column and code of every planted error."""
    for sheet, base, slips in (("培训", TRAINING, TRAININGS), ("事故", ACCIDENT, ACCIDENTS)):
        for number, (field, _, code) in enumerate(slips):
            yield sheet, number + 3, column_letter(list(base).index(field)), code


def right_training(number: int) -> dict[str, Cell]:
    return {**TRAINING, "training_no": f"PX-{number}", "started_on": DAY, "ended_on": DAY}


def right_accident(number: int) -> dict[str, Cell]:
    def at(clock: str) -> datetime:
        return datetime.fromisoformat(f"{DAY} {clock}")

    return {
        **ACCIDENT,
        "accident_no": f"SG340404{LAST:%Y%m}09{number:02d}",
        "accident_name": f"“{LAST.month}·9”事故",
        "accident_type": "火灾",
        "occurred_at": at("06:40"),
        "received_at": at("06:55"),
        "entered_at": at("16:00"),
    }


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    def sheet(table: str, rows: list[Mapping[str, Cell]], slips: list[tuple[str, Cell, str]]) -> list[list[Cell]]:
        changed = [{**row, field: cell} for row, (field, cell, _) in zip(rows, slips, strict=True)]
        return grid(table, *changed, head=HEAD)

    file = tmp_path / "五十处错误.xlsx"
    file.write_bytes(
        xlsx(
            培训=sheet("training", [right_training(number) for number in range(len(TRAININGS))], TRAININGS),
            事故=sheet("accident", [right_accident(number) for number in range(len(ACCIDENTS))], ACCIDENTS),
        )
    )
    return file


def test_fifty_planted_errors_are_reported_each_at_its_cell_and_nothing_else(workbook: Path) -> None:
    with new_home() as home:
        done = huizong(home, "check", str(workbook), "--json")
    issues = json.loads(done.stdout)["files"][0]["issues"]
    reported = sorted((issue["sheet"], issue["row"], issue["column"], issue["code"]) for issue in issues)
    assert len(list(planted())) == 50
    assert (done.returncode, reported) == (1, sorted(planted()))
    assert all(issue["message"].startswith(f"第 {issue['row']} 行「") for issue in issues)


def test_the_same_workbook_for_people_spells_out_the_first_of_each_kind(workbook: Path) -> None:
    with new_home() as home:
        done = huizong(home, "check", str(workbook))
    assert (done.returncode, done.stderr) == (1, "")
    assert "第 17 行「参训人次」：约30 不是整数" in done.stdout
    assert "同样的问题还有 4 处：第 18–21 行" in done.stdout


def test_copies_are_written_of_what_has_mistakes_and_of_what_is_too_large_the_list_alone() -> None:
    row = {**TRAINING, "started_on": DAY, "ended_on": DAY}
    wrong = xlsx(台账=grid("training", {**row, "participants": "约30"}, head=HEAD))
    with new_home() as home:
        inbox, copies = home / "inbox", home / "copies"
        inbox.mkdir(parents=True)
        (inbox / "对.xlsx").write_bytes(xlsx(台账=grid("training", row, head=HEAD)))
        (inbox / "错.xlsx").write_bytes(wrong)
        (inbox / "大.xlsx").write_bytes(with_parts(wrong, {"xl/media/photo.jpg": randbytes(2 << 20)}))

        done = huizong(
            home, "check", "--annotate", str(copies), *map(str, inbox.iterdir()), HUIZONG_READ_FILE_MEGABYTES="1"
        )

        sheets = {each.name: opened(each.read_bytes()).sheetnames for each in copies.iterdir()}
    assert (done.returncode, done.stderr) == (1, "")
    assert sheets == {"错.xlsx": [TITLE, "台账"], "大.xlsx": [TITLE]}
