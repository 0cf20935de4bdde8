"""The sample inbox: what it must hold for the half-year figures, and what is planted in it."""

import hashlib
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from flows.demo import TODAY, village_list, write_inbox
from flows.demo.accidents import accidents, incidents
from flows.demo.faults import FAULTS, Fault
from flows.demo.people import enterprise_code, person
from flows.demo.report import Fact
from flows.demo.reports import MONTHS
from flows.demo.trainings import trainings
from flows.demo.villages import demo_register
from schemas import credit_code
from schemas.calendar import SHANGHAI, due_at
from schemas.form import load_forms, tables
from schemas.issue import MESSAGES
from schemas.text import heading_key

COMMUNITIES_AND_VILLAGES = {
    "340404001": (8, 0),
    "340404002": (4, 0),
    "340404003": (4, 0),
    "340404004": (3, 0),
    "340404005": (4, 0),
    "340404100": (5, 8),
    "340404101": (5, 6),
    "340404102": (3, 12),
    "340404103": (1, 12),
    "340404200": (0, 10),
    "340404201": (0, 8),
}
FACTS = [*accidents(), *incidents(), *trainings()]


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inbox")
    write_inbox(folder)
    return folder


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def arrival_of(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, SHANGHAI)


def row_by_heading(path: Path, sheet: str, heading_row: int) -> dict[str, object]:
    page = openpyxl.load_workbook(path)[sheet]
    first, second = page.iter_rows(min_row=heading_row, max_row=heading_row + 1, values_only=True)
    return {heading_key(str(heading)): cell for heading, cell in zip(first, second, strict=True)}


def test_every_call_writes_the_same_bytes_and_times(inbox: Path, tmp_path: Path) -> None:
    write_inbox(tmp_path)

    def seen(folder: Path) -> dict[str, tuple[str, float]]:
        return {
            path.relative_to(folder).as_posix(): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime)
            for path in files_of(folder)
        }

    assert seen(tmp_path) == seen(inbox)


def test_every_unit_reports_in_both_half_years(inbox: Path) -> None:
    units = {unit.name for unit in demo_register().units.values() if unit.level in ("township", "other")}

    for year in ("2020", "2021"):
        reporting = {path.parent.parent.name for path in files_of(inbox) if path.parent.name.startswith(year)}
        assert units <= reporting

    assert len(units) == 31


def test_every_duty_has_a_file_in_every_month_but_the_one_that_is_missing(inbox: Path) -> None:
    folders = Counter((path.parent.parent.name, path.parent.name) for path in files_of(inbox))
    owed = Counter(demo_register().units[duty.unit_code].name for duty in demo_register().duties())

    short = {
        (unit, f"{month:%Y-%m}")
        for unit, count in owed.items()
        for month in MONTHS
        if folders[unit, f"{month:%Y-%m}"] < count
    }

    assert short == {("区文化和旅游局", "2021-02")}


def test_nothing_arrives_after_the_night_of_the_demo(inbox: Path) -> None:
    assert max(arrival_of(path) for path in files_of(inbox)).date() < TODAY


def test_there_are_as_many_villages_and_communities_as_in_the_district() -> None:
    places = [unit for unit in demo_register().units.values() if unit.level == "village"]
    counts = Counter((unit.parent, unit.kind) for unit in places)

    assert len(places) == 93
    for town, (communities, villages) in COMMUNITIES_AND_VILLAGES.items():
        assert (counts[town, "community"], counts[town, "village"]) == (communities, villages)


def test_two_villages_share_a_name_but_never_within_a_town() -> None:
    places = [unit for unit in demo_register().units.values() if unit.level == "village"]

    assert {unit.code for unit in places if unit.name == "李咀村"} == {"340404102210", "340404200209"}
    assert len({(unit.parent, unit.name) for unit in places}) == len(places)


def test_codes_of_communities_and_villages_lie_in_their_ranges() -> None:
    ranges = {"community": range(1, 200), "village": range(200, 400)}
    places = [unit for unit in demo_register().units.values() if unit.level == "village"]

    assert all(len(unit.code) == 12 and int(unit.code[9:]) in ranges[unit.kind] for unit in places)


def test_the_list_of_villages_says_that_it_is_made_up() -> None:
    assert "虚构" in village_list().splitlines()[0]


def test_the_township_shows_the_accident_of_9_march_as_typed_by_hand(inbox: Path) -> None:
    path = inbox / "谢三村街道" / "2021-03" / "340404004_F01_202103_v1.xlsx"

    row = row_by_heading(path, "事故登记表", heading_row=3)

    assert row["事故编号"] == "SG3404042021030901"
    assert row["发生时间"] == "２０２１．３．９ ６：４０"
    assert row["直接经济损失(万元)"] == "１２８．００"
    assert row["上报主体"] == "属地"


def test_the_department_shows_the_accident_of_9_march_as_numbers_and_dates(inbox: Path) -> None:
    path = inbox / "区住房和城乡建设局" / "2021-03" / "340404D02_F01_202103_v1.xlsx"

    row = row_by_heading(path, "事故登记表", heading_row=2)

    assert row["事故编号"] == "SG3404042021030901"
    assert str(row["发生时间"]) == "2021-03-09 06:40:00"
    assert (row["直接经济损失(万元)"], row["死亡人数"], row["事故等级"]) == (128, 0, "一般")
    assert (row["行业领域"], row["事故类别"], row["填报角色"]) == ("城镇燃气", "其他爆炸", "行业")


def test_one_report_arrives_on_the_stroke_and_one_a_second_late(inbox: Path) -> None:
    arrivals = {path.parent.parent.name: arrival_of(path) for path in files_of(inbox) if path.parent.name == "2021-04"}
    on_the_day = sorted(str(at) for at in map(arrival_of, files_of(inbox)) if at.date() == date(2021, 5, 11))

    assert arrivals["区市场监督管理局"].isoformat() == "2021-05-11T17:30:01+08:00"
    assert on_the_day[-2:] == ["2021-05-11 17:30:00+08:00", "2021-05-11 17:30:01+08:00"]


def test_workbooks_of_every_kind_are_what_their_names_say(inbox: Path) -> None:
    contents = {
        ending: [path.read_bytes() for path in files_of(inbox) if path.suffix == ending]
        for ending in (".xlsx", ".xls", ".csv")
    }

    assert sum(not content.startswith(b"PK") for content in contents[".xlsx"]) == 1
    assert all(content.startswith(b"\xd0\xcf\x11\xe0") for content in contents[".xls"])
    assert {content.startswith(b"\xef\xbb\xbf") for content in contents[".csv"]} == {True, False}


def test_fourteen_reports_are_planted_to_be_rejected_and_twelve_are_corrected() -> None:
    known = {*MESSAGES, *(rule.code for _, table in tables().values() for rule in table.rules)}

    assert len(FAULTS) == 14
    assert sum(fault.is_corrected for fault in FAULTS) == 12
    assert {fault.issue_code for fault in FAULTS} <= known


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault.is_corrected], ids=lambda fault: fault.reason)
def test_a_corrected_report_arrives_after_the_spoiled_one(fault: Fault, inbox: Path) -> None:
    folder = inbox / demo_register().units[fault.unit_code].name / f"{fault.month:%Y-%m}"
    due = due_at(fault.month, 5)

    [corrected] = folder.glob(f"{fault.unit_code}_{load_forms()[fault.form_id].code}_*_v2.*")

    assert min(map(arrival_of, files_of(folder))) < arrival_of(corrected) < due


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact.form_id} {fact.month} {fact.reporters[0]}")
def test_a_fact_names_columns_and_codes_of_its_form(fact: Fact) -> None:
    columns = tables()[fact.form_id][1].columns

    assert set(fact.row) <= set(columns)
    assert all(fact.row.get(name) is not None for name, column in columns.items() if column.required)
    assert all(fact.row[name] in columns[name].codes for name in fact.row if columns[name].type == "code")


def test_the_facts_are_those_of_the_half_year_summary() -> None:
    first_half = [fact for fact in FACTS if fact.month >= date(2021, 1, 1)]
    leaks = [fact for fact in first_half if fact.row.get("cause_code") == "municipal_works"]
    safety = [fact for fact in first_half if fact.row.get("category") == "safety_knowledge"]

    assert len({fact.row["accident_no"] for fact in first_half if fact.form_id == "accident"}) == 1
    assert len(leaks) == 5
    assert sum(fact.row["organizer_level"] == "district" for fact in safety) == 4
    assert sum(fact.form_id == "training" for fact in first_half) == 12


def test_enterprise_codes_have_the_right_check_character() -> None:
    assert all(credit_code.is_valid(enterprise_code(number)) for number in range(200))


def test_officers_of_different_places_have_different_names() -> None:
    assert len({person(number) for number in range(2 * 105)}) == 2 * 105
