"""The sample inbox: what it must hold for the half-year figures, and what is planted in it."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from unicodedata import normalize

import openpyxl
import pytest

from flows.demo import sample_documents, village_list, write_documents
from flows.demo.accidents import accidents, incidents
from flows.demo.afterwards import BULLETIN, REPEATED, SEQUELS, WITHDRAWN, Sequel
from flows.demo.faults import FAULTS, Fault
from flows.demo.report import Report
from flows.demo.reports import IN_ONE_WORKBOOK, MONTHS, reports
from flows.demo.slips import SLIPS, Slip
from flows.demo.strays import UNKNOWN_FORM, UNKNOWN_UNIT
from flows.demo.trainings import trainings
from flows.demo.villages import demo_register
from schemas.batch import Batch
from schemas.calendar import SHANGHAI, due_at
from schemas.form import load_forms, tables
from schemas.issue import MESSAGES
from schemas.text import heading_key
from tasks.assemble import read_batch
from tasks.read import ArrivedFile
from tasks.validate import validate

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
# A fault that only the warehouse sees: what is wrong with it is wrong beside another month or form.
_FOUND_BY_THE_WAREHOUSE = frozenset({"E-F05-12", "W-X06", REPEATED})
# The unit of a fault is said in two places more.
_ECHOES = Counter({"E-COV-13": 1})


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inbox")
    write_documents(folder, sample_documents())
    return folder


@pytest.fixture(scope="module")
def batch(inbox: Path) -> Batch:
    """The whole inbox, read and validated as the night does it."""
    return validate(
        read_batch([arrived(path, inbox) for path in files_of(inbox)], demo_register(), BULLETIN), demo_register()
    )


@pytest.fixture(scope="module")
def every_report() -> Mapping[tuple[str, str, date], Report]:
    return {(report.unit_code, report.form_id, report.month): report for report in reports(demo_register())}


def arrived(path: Path, inbox: Path) -> ArrivedFile:
    content, name = path.read_bytes(), path.relative_to(inbox).as_posix()
    return ArrivedFile(hashlib.sha256(content).hexdigest(), str(path), name, len(content), arrival_of(path), path)


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def arrival_of(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, SHANGHAI)


def row_by_heading(path: Path, sheet: str, heading_row: int) -> dict[str, object]:
    page = openpyxl.load_workbook(path)[sheet]
    first, second = page.iter_rows(min_row=heading_row, max_row=heading_row + 1, values_only=True)
    return {heading_key(str(heading)): cell for heading, cell in zip(first, second, strict=True)}


@pytest.mark.slow
def test_every_call_writes_the_same_bytes_and_times(inbox: Path, tmp_path: Path) -> None:
    write_documents(tmp_path, sample_documents())

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


def test_every_duty_has_a_file_of_its_own_but_one_that_is_missing_and_one_that_shares_a_workbook(inbox: Path) -> None:
    folders = Counter((path.parent.parent.name, path.parent.name) for path in files_of(inbox))
    owed = Counter(demo_register().units[duty.unit_code].name for duty in demo_register().duties())

    short = {
        (unit, f"{month:%Y-%m}")
        for unit, count in owed.items()
        for month in MONTHS
        if folders[unit, f"{month:%Y-%m}"] < count
    }

    assert short == {("区文化和旅游局", "2021-02"), ("区民政局", "2021-03")}


def test_the_bulletin_goes_out_on_the_eighth_working_day() -> None:
    assert due_at(date(2021, 6, 1), 8).date() == BULLETIN


def test_what_arrives_after_the_bulletin_comes_before_the_night_that_takes_it_in(inbox: Path) -> None:
    days = Counter(arrival_of(path).date() for path in files_of(inbox))
    after = {day for day in days if day >= BULLETIN}

    assert after == {date(2021, 7, 13), date(2021, 7, 14), date(2021, 7, 15)}
    assert sum(days[day] for day in after) == sum(sequel.later is not None for sequel in SEQUELS)
    assert max(days.keys() - after) < BULLETIN - timedelta(days=1)


@pytest.mark.parametrize("sequel", SEQUELS, ids=lambda sequel: sequel.reason)
def test_a_sequel_comes_in_as_many_versions_as_it_says(sequel: Sequel, batch: Batch) -> None:
    given = batch.submissions
    place = (given["form"] == sequel.form_id) & (given["unit_code"] == sequel.unit_code)
    found = given[place & (given["month"] == sequel.month)].sort_values("version")
    first = [(1, "")] if sequel.first else []
    correction = normalize("NFKC", sequel.later.correction or "") if sequel.later else ""
    later = [(2 if correction else 1, correction)] if sequel.later else []

    said = found["correction"].fillna("")
    assert list(zip(found["version"], said, strict=True)) == [*first, *later]
    assert set(found["status"]) == {"accepted"}


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
    assert (row["直接经济损失(万元)"], row["死亡人数"], row["事故等级"]) == (110, 0, "一般")
    assert (row["行业领域"], row["事故类别"], row["填报角色"]) == ("城镇燃气", "其他爆炸", "行业")


def test_the_loss_of_the_accident_of_9_march_is_verified_after_its_month_was_closed(inbox: Path) -> None:
    path = inbox / "区住房和城乡建设局" / "2021-03" / "340404D02_F01_202103_v2.xlsx"

    row = row_by_heading(path, "事故登记表", heading_row=2)

    assert (row["直接经济损失(万元)"], row["报告阶段"]) == (128, "核报")
    assert arrival_of(path).date() > BULLETIN


def test_one_report_arrives_on_the_stroke_and_one_a_second_late(inbox: Path) -> None:
    [late] = (inbox / "区市场监督管理局" / "2021-04").glob("*F01*")
    on_the_day = sorted(str(at) for at in map(arrival_of, files_of(inbox)) if at.date() == date(2021, 5, 11))

    assert arrival_of(late).isoformat() == "2021-05-11T17:30:01+08:00"
    assert on_the_day[-2:] == ["2021-05-11 17:30:00+08:00", "2021-05-11 17:30:01+08:00"]


def test_workbooks_of_every_kind_are_what_their_names_say(inbox: Path) -> None:
    contents = {
        ending: [path.read_bytes() for path in files_of(inbox) if path.suffix == ending]
        for ending in (".xlsx", ".xls", ".csv")
    }

    assert sum(not content.startswith(b"PK") for content in contents[".xlsx"]) == 1
    assert all(content.startswith(b"\xd0\xcf\x11\xe0") for content in contents[".xls"])
    assert {content.startswith(b"\xef\xbb\xbf") for content in contents[".csv"]} == {True, False}


def test_sixteen_reports_are_planted_to_be_rejected_and_thirteen_are_corrected() -> None:
    known = {*MESSAGES, *(rule.code for _, table in tables().values() for rule in table.rules)}

    assert len(FAULTS) == 16
    assert sum(fault.is_corrected for fault in FAULTS) == 13
    assert {fault.issue_code for fault in FAULTS} <= known | _FOUND_BY_THE_WAREHOUSE


def test_the_issues_of_the_whole_inbox_are_those_that_are_planted(batch: Batch) -> None:
    planted = [
        UNKNOWN_UNIT,
        UNKNOWN_FORM,
        *(fault.issue_code for fault in FAULTS),
        *(slip.issue_code for slip in SLIPS),
    ]
    seen_here = Counter(code for code in planted if code and code not in _FOUND_BY_THE_WAREHOUSE)

    assert Counter(batch.issues["code"]) == seen_here + _ECHOES


@pytest.mark.parametrize("odd", [*FAULTS, *SLIPS], ids=lambda odd: odd.reason)
def test_a_fault_and_a_slip_are_found_in_the_report_in_which_they_are_planted(odd: Fault | Slip, batch: Batch) -> None:
    codes = batch.issues["code"] == odd.issue_code
    names = batch.issues.loc[codes, "file_no"].map(batch.files["name"])
    folder = f"{demo_register().units[odd.unit_code].name}/{odd.month:%Y-%m}/"

    is_seen_here = odd.issue_code and odd.issue_code not in _FOUND_BY_THE_WAREHOUSE
    assert any(name.startswith(folder) for name in names) == bool(is_seen_here)


def test_every_form_comes_with_rows_and_without_where_it_may(batch: Batch) -> None:
    seen = set(zip(batch.submissions["form"], batch.submissions["situation"], strict=True))
    kinds = {form.id: [table.grain for table in form.tables.values()] for form in load_forms().values()}

    assert {form for form, situation in seen if situation == "data"} == set(kinds)
    assert {form for form, situation in seen if situation == "unchanged"} == {
        form for form, grains in kinds.items() if "snapshot" in grains
    }
    assert {form for form, situation in seen if situation == "zero"} == {
        "accident", "incident", "penalty", "hazard", "training", "publicity", "campaign",
    }  # fmt: skip


def test_what_is_written_is_what_is_read(batch: Batch, every_report: Mapping[tuple[str, str, date], Report]) -> None:
    spoiled = {(odd.unit_code, odd.form_id, odd.month) for odd in FAULTS}
    read = batch.submissions.loc[batch.submissions["status"] == "accepted"]
    latest = read.drop_duplicates(["unit_code", "form", "month"], keep="last")
    rows = {
        (unit, form, month): count
        for unit, form, month, count in latest[["unit_code", "form", "month", "rows"]].itertuples(index=False)
    }

    for key, report in every_report.items():
        if key in rows and key not in spoiled and key != WITHDRAWN.key:
            assert rows[key] == sum(map(len, report.rows.values())), key


def test_a_workbook_holds_two_forms_of_a_unit(batch: Batch) -> None:
    of_file = batch.submissions.groupby("file_no")["form"].agg(set)

    assert of_file[of_file.map(len) > 1].tolist() == [{form for _, form, _ in IN_ONE_WORKBOOK}]


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault.is_corrected], ids=lambda fault: fault.reason)
def test_a_corrected_report_arrives_after_the_spoiled_one(fault: Fault, inbox: Path) -> None:
    folder = inbox / demo_register().units[fault.unit_code].name / f"{fault.month:%Y-%m}"
    due = due_at(fault.month, 5)

    [corrected] = folder.glob(f"{fault.unit_code}_{load_forms()[fault.form_id].code}_*_v2.*")

    assert min(map(arrival_of, files_of(folder))) < arrival_of(corrected) < due
