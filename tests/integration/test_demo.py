"""The main job end to end, as a stranger runs it: the demo, then each command over what it left."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from flows.demo.afterwards import CLOSED_MONTHS, HELD, RELEASED, SEQUELS, WITHDRAWN, Sequel
from flows.demo.discipline import MISSING
from flows.demo.faults import FAULTS
from flows.demo.reports import MONTHS
from flows.demo.slips import SLIPS
from flows.demo.strays import UNKNOWN_FORM, UNKNOWN_UNIT
from tests.integration.huizong import answer, huizong, new_home

# What the warehouse recorded, by code; in a process of its own, so that the server stops with it.
_RECORDED = """
import json, sys
from pathlib import Path
import sqlalchemy as sa
from warehouse.engine import open_engine
from warehouse.server import start_embedded
engine = open_engine(start_embedded(Path(sys.argv[1]) / "postgres"))
count = sa.text("SELECT code, count(*) FROM core.issue WHERE severity <> 'info' GROUP BY code")
with engine.connect() as connection:
    print(json.dumps({code: number for code, number in connection.execute(count)}))
"""
# What follows from what is planted: the unit of one fault is said to be another in two places, the month after a report
# that is missing or was rejected asks about it, two fines after accidents are a leap, 财政局 found nothing three times.
_CONSEQUENCES = Counter({"E-COV-13": 1, "W-P02": 2, "W-P03": 2, "W-P07": 1})
# A correction that is held, and one that was sent back.
_COME_TO_NOTHING = [HELD, *(sequel for sequel in SEQUELS if sequel.later and sequel.later.issue_code)]


@pytest.fixture(scope="module")
def demo() -> Iterator[tuple[Path, str]]:
    """The home of a demo that ran, and what it printed."""
    with new_home() as home:
        done = huizong(home, "demo")
        assert done.returncode == 0, done.stderr
        yield home, done.stdout


@pytest.fixture(scope="module")
def first_half(demo: tuple[Path, str]) -> dict[str, dict[str, Any]]:
    report = answer(demo[0], "indicators", "2021-H1")
    return {line["code"]: line for line in report["indicators"]}


def test_the_demo_ends_with_the_first_half_table(demo: tuple[Path, str]) -> None:
    table = demo[1][demo[1].index("谢家集区 2021年上半年指标") :]
    for words in ("生产安全事故起数", "同比持平", "同比减少1人", "三级信息员培训全覆盖"):
        assert words in table


@pytest.mark.parametrize(
    ("code", "value", "year_ago"),
    [("ACC01", 1, 1), ("ACC02", 0, 1), ("ACC06", 0, 0), ("ACC07", 0, 1), ("INC02", 5, 0), ("TRN01", 4, None),
     ("TRN02", 12, None), ("COM01", 3, 1), ("OFF02", 100, None), ("OFF03", 1, 0)],
)  # fmt: skip
def test_the_figures_are_those_of_the_published_summary(
    first_half: dict[str, dict[str, Any]], code: str, value: float, year_ago: float | None
) -> None:
    assert first_half[code]["value"] == value
    assert year_ago is None or first_half[code]["year_ago"] == year_ago


def test_coverage_is_whole_at_each_of_the_three_levels(first_half: dict[str, dict[str, Any]]) -> None:
    parts = {part["label"]: (part["numerator"], part["denominator"]) for part in first_half["OFF02"]["breakdown"]}
    assert parts == {"区": (1, 1), "乡镇街道": (11, 11), "村社区": (93, 93)}


def test_the_wording_is_that_of_the_bureau(first_half: dict[str, dict[str, Any]]) -> None:
    assert first_half["ACC01"]["wording"].startswith("同比持平")
    assert first_half["ACC02"]["wording"].startswith("同比减少1人")


def test_missing_reports_are_named_beside_the_value(first_half: dict[str, dict[str, Any]]) -> None:
    short = [line for line in first_half.values() if line["reports_received"] < line["reports_expected"]]
    assert short
    assert all("未报" in line["wording"] for line in short)


def test_errors_and_warnings_are_those_that_are_planted_and_nothing_else(demo: tuple[Path, str]) -> None:
    done = subprocess.run([sys.executable, "-c", _RECORDED, str(demo[0])], capture_output=True, text=True, check=True)
    planted = [
        *(fault.issue_code for fault in FAULTS),
        *(slip.issue_code for slip in SLIPS),
        UNKNOWN_UNIT,
        UNKNOWN_FORM,
        *(sequel.later.issue_code for sequel in SEQUELS if sequel.later),
    ]
    expected = Counter(code for code in planted if code and not code.startswith("I")) + _CONSEQUENCES
    assert Counter(json.loads(done.stdout)) == expected


@pytest.fixture(scope="module")
def statuses(demo: tuple[Path, str]) -> dict[date, dict[str, Any]]:
    """What ``huizong status`` says of every month."""
    return {month: answer(demo[0], "status", f"{month:%Y-%m}") for month in MONTHS}


def test_only_what_was_not_corrected_stays_sent_back_and_only_one_report_is_missing(
    statuses: dict[date, dict[str, Any]],
) -> None:
    lines = [
        (line["state"], (line["unit_code"], line["form"], month))
        for month, found in statuses.items()
        for line in found["units"]
    ]
    sent_back = {(fault.unit_code, fault.form_id, fault.month) for fault in FAULTS if not fault.is_corrected}
    assert {report for state, report in lines if state == "rejected"} == sent_back
    assert {report for state, report in lines if state == "missing"} == MISSING
    assert {report for state, report in lines if state == "withdrawn"} == {WITHDRAWN.key}


def test_the_first_quarter_is_closed_and_one_correction_waits_for_its_release(
    statuses: dict[date, dict[str, Any]],
) -> None:
    held = [(month, line) for month, found in statuses.items() for line in found["held"]]

    assert {month for month, found in statuses.items() if found["closed"]} == set(CLOSED_MONTHS)
    assert [(line["unit_code"], line["form"], month, line["version"]) for month, line in held] == [(*HELD.key, 2)]


def test_changes_explains_each_value_that_the_bulletin_said_otherwise(demo: tuple[Path, str]) -> None:
    report = answer(demo[0], "changes", "2021-H1")
    district = [value for value in report["values"] if value["unit_code"] == "340404" and not value["dimension"]]
    values = {value["code"]: value["figures"]["value"] for value in district if "value" in value["figures"]}
    kinds = {(cause["unit_code"], cause["form"], cause["kind"]) for value in district for cause in value["causes"]}

    assert (report["since"]["day"], report["until"]["day"]) == ("2021-07-12", "2021-07-20")
    rates = {code: values.pop(code)["difference"] > 0 for code in ("HAZ04", "HAZ11", "TRN04", "CMP03", "SUB05")}
    assert rates == {"HAZ04": True, "HAZ11": False, "TRN04": True, "CMP03": True, "SUB05": True}
    assert {code: (change["before"], change["after"]) for code, change in values.items()} == {
        "ACC05": (110, 128), "INC01": (7, 6), "HAZ02": (744, 746), "HAZ03": (71, 69), "COM01": (2, 3),
        "TRN02": (11, 12), "TRN03": (1918, 2014), "TRN05": (0, 96), "SUB08": (0, 4),
    }  # fmt: skip
    assert kinds == {(*sequel.key[:2], _kind(sequel)) for sequel in SEQUELS if sequel not in _COME_TO_NOTHING}
    assert all(value["causes"] for value in report["values"])


def _kind(sequel: Sequel) -> str:
    """What ``huizong changes`` calls what happened to a report."""
    if sequel in (RELEASED, WITHDRAWN):
        return "release" if sequel == RELEASED else "withdrawal"
    return "correction" if sequel.first else "late"


def test_the_bulletin_is_still_known_as_it_went_out(demo: tuple[Path, str]) -> None:
    then = answer(demo[0], "indicators", "2021-H1", "--as-known-at", "2021-07-12")

    values = {line["code"]: line["value"] for line in then["indicators"]}
    assert (values["ACC05"], values["INC01"], values["TRN02"], values["COM01"]) == (110, 7, 11, 2)


@pytest.mark.slow
def test_the_demo_once_more_leaves_what_is_done(demo: tuple[Path, str]) -> None:
    before = answer(demo[0], "indicators", "2021-H1"), answer(demo[0], "audit")

    again = huizong(demo[0], "demo")

    assert again.returncode == 0, again.stderr
    assert again.stdout.count("跳过") == len(CLOSED_MONTHS) + 2
    assert (answer(demo[0], "indicators", "2021-H1"), answer(demo[0], "audit")) == before


@pytest.mark.slow
def test_a_second_run_loads_nothing_and_changes_nothing_and_says_so(demo: tuple[Path, str]) -> None:
    before = answer(demo[0], "indicators", "2021-H1")
    report = answer(demo[0], "run")
    assert (report["files"], report["rows"], report["changed"], report["publication"]) == (0, 0, 0, None)
    assert answer(demo[0], "indicators", "2021-H1") == before


@pytest.mark.parametrize("indicator", ["ACC01", "ACC05", "INC02", "TRN01", "TRN02", "COM01", "OFF02"])
def test_a_trace_adds_up_and_its_cells_hold_what_it_says(
    demo: tuple[Path, str], first_half: dict[str, dict[str, Any]], indicator: str
) -> None:
    value = first_half[indicator]
    found = answer(demo[0], "trace", indicator, "2021-H1")
    assert sum(row["numerator"] or 0 for row in found["rows"]) == pytest.approx(value["numerator"] or 0)
    assert sum(row["denominator"] or 0 for row in found["rows"]) == (value["denominator"] or 0)
    for row in found["rows"]:
        if row["file"] and row["file"].endswith(".xlsx"):
            sheet = openpyxl.load_workbook(row["file"], read_only=False)[row["sheet"]]
            assert all(sheet[f"{letter}{row['row']}"].value is not None for letter in _shown(row).values())


def _shown(row: dict[str, Any]) -> dict[str, str]:
    """The letters of the cells whose values the trace prints."""
    return {name: letter for name, letter in row["cells"].items() if row["values"].get(name) not in (None, [], 0)}


def test_the_death_of_2020_leads_to_one_row_with_its_cell(demo: tuple[Path, str]) -> None:
    found = answer(demo[0], "trace", "deaths", "2020-H1")
    (row,) = found["rows"]
    sheet = openpyxl.load_workbook(row["file"])[row["sheet"]]
    assert (found["value"], row["values"]["deaths"]) == (1, 1)
    assert str(sheet[f"{row['cells']['deaths']}{row['row']}"].value) in ("1", "１", "1人")


def test_a_trace_never_shows_a_name_or_a_phone(demo: tuple[Path, str]) -> None:
    rows = answer(demo[0], "trace", "OFF02", "2021-H1")["rows"]
    assert rows
    assert not {"name", "phone"} & {field for row in rows for field in row["values"]}


def test_status_tells_late_from_on_time_to_the_second_and_silence_from_zero(demo: tuple[Path, str]) -> None:
    lines = answer(demo[0], "status", "2021-04")["units"]
    arrivals = {line["received_at"][-14:-6]: line["is_late"] for line in lines if line["received_at"]}
    by_second = {second: late for second, late in arrivals.items() if second in ("09:30:00", "17:30:00")}
    assert set(by_second.values()) == {False}
    assert any(line["is_late"] for line in lines)
    assert {"accepted", "zero", "unchanged"} <= {line["state"] for line in lines}


def test_what_was_sent_back_is_told_with_what_to_do(demo: tuple[Path, str]) -> None:
    bad = next((demo[0] / "inbox").glob("平山街道/2021-03/340404005_F06_202103_v1.xlsx"))
    done = huizong(demo[0], "check", str(bad), "--json")
    issues = json.loads(done.stdout)["files"][0]["issues"]
    assert done.returncode == 1
    assert [(issue["code"], issue["row"], issue["field"]) for issue in issues if issue["severity"] == "error"] == [
        ("E-VAL-02", 3, "ended_on")
    ]


def test_help_and_check_need_neither_prefect_nor_great_expectations(demo: tuple[Path, str]) -> None:
    program = "import sys; from flows.cli import main; sys.argv[1:] = {}; \ntry: main()\nexcept SystemExit: pass\n"
    report = "print(sorted({'prefect', 'great_expectations', 'sqlalchemy'} & set(sys.modules)))"
    for arguments in (["--help"], ["check", str(demo[0] / "inbox" / "杨公镇")]):
        done = subprocess.run(
            [sys.executable, "-c", program.format(arguments) + report],
            capture_output=True, text=True, check=True, env={"HUIZONG_HOME": str(demo[0])},
        )  # fmt: skip
        assert done.stdout.rstrip().endswith("[]")
