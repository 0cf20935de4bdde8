"""The installed command takes a spreadsheet of units into the office's list and the warehouse, or takes nothing."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.huizong import answer, huizong, new_home
from tests.workbooks import Cell, xlsx

HEADINGS: list[Cell] = ["单位代码", "单位名称", "类型", "上级单位代码", "启用日期", "停用日期", "继任单位代码", "别名"]
VILLAGE: list[Cell] = ["340404102201", "李咀村", "村", "340404102"]
MERGER: list[Cell] = ["340404102", None, None, None, None, "2021-04-01", "340404101"]


@pytest.fixture
def home() -> Iterator[Path]:
    with new_home() as folder:
        yield folder


def listing(home: Path, *rows: list[Cell]) -> str:
    """A file of units beside the home."""
    path = home.parent / "名录.xlsx"
    path.write_bytes(xlsx(名录=[HEADINGS, *rows]))
    return str(path)


def test_what_is_imported_is_listed_and_counts_from_then_on(home: Path) -> None:
    done = huizong(home, "units", "import", listing(home, VILLAGE, MERGER))

    units = {(unit["code"], unit["valid_to"]): unit for unit in answer(home, "units", "list")}
    status = {line["unit_code"] for line in answer(home, "status", "2021-04")["units"]}

    assert (done.returncode, done.stdout.strip()) == (
        0, "读取 2 行，新增或更改 2 条：唐山镇（340404102）、李咀村（340404102201）。",
    )  # fmt: skip
    assert units["340404102", "2021-04-01"]["successors"] == ["340404101"]
    assert units["340404102201", None]["parent"] == "340404102"
    assert "340404102" not in status
    assert "340404101" in status


def test_the_same_import_again_is_harmless_and_says_so(home: Path) -> None:
    file = listing(home, VILLAGE, MERGER)
    huizong(home, "units", "import", file)
    before = (home / "units.toml").read_bytes()

    again = huizong(home, "units", "import", file)

    assert (again.returncode, again.stdout.strip()) == (0, "读取 2 行，与现有名录相同，没有变化。")
    assert (home / "units.toml").read_bytes() == before


def test_of_a_list_with_a_problem_nothing_is_taken(home: Path) -> None:
    done = huizong(home, "units", "import", listing(home, VILLAGE, ["340404102202", "甲村", "屯", "340404102"]))

    assert done.returncode == 1
    assert "名录.xlsx 表「名录」第 3 行 C 列「类型」：屯 不是单位类型" in done.stderr
    assert "共 1 个问题，没有导入任何单位" in done.stderr
    assert not (home / "units.toml").exists()


def test_a_csv_will_do(home: Path) -> None:
    path = home.parent / "名录.csv"
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([HEADINGS, VILLAGE])

    done = huizong(home, "units", "import", str(path))

    assert (done.returncode, done.stderr) == (0, "")
    assert "李咀村（340404102201）" in done.stdout


def test_a_file_that_is_not_there_is_one_line_and_exit_2(home: Path) -> None:
    done = huizong(home, "units", "import", "没有.xlsx")
    assert (done.returncode, done.stderr) == (2, "没有.xlsx：没有这个文件\n")


def test_an_import_is_written_down_with_its_reason_unless_it_changed_nothing(home: Path) -> None:
    file = listing(home, VILLAGE, MERGER)
    for reason in ([], ["--reason", "再导一次"]):
        huizong(home, "units", "import", file, *reason, "--by", "张三")

    (act,) = answer(home, "audit")["acts"]
    assert (act["what"], act["who"], act["why"]) == ("units import", "张三", "导入 名录.xlsx")
    assert act["detail"] == {"rows": 2, "changed": ["340404102", "340404102201"]}


def test_an_import_without_a_name_is_refused_and_changes_nothing(home: Path) -> None:
    done = huizong(home, "units", "import", listing(home, VILLAGE), "--by", " ")

    assert (done.returncode, done.stderr) == (2, "请写明经办人和理由：--by 姓名 --reason 理由\n")
    assert not (home / "units.toml").exists()
    assert answer(home, "audit")["acts"] == []
