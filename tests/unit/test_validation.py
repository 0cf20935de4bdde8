"""Each rule of the forms, at the smallest sheet that breaks it."""

from pathlib import Path

import pytest

from schemas.unit import Unit, build_register, load_register
from tests.workbooks import ACCIDENT, TRAINING, Cell, checked, found, grid, xlsx

INCIDENT: dict[str, Cell] = {
    "incident_no": "SJ3404042021030901",
    "occurred_at": "2021-03-09 06:40",
    "place": "某路口",
    "town_code": "谢三村街道",
    "incident_type": "燃气泄漏",
    "cause_code": "市政工程施工",
    "owner_name": "某城投公司",
    "builder_name": "某市政公司",
    "builder_uscc": "91340404MA20000180",
    "affected_households": 30,
    "evacuated": 0,
    "resolved_at": "2021-03-09 09:00",
    "has_casualty": "否",
}
BASE = {"training": TRAINING, "accident": ACCIDENT, "incident": INCIDENT}


def codes(folder: Path, table: str, **changes: Cell) -> list[tuple[str, str]]:
    """Code and field of every issue of a sheet with one row, which is right but for the changes."""
    batch = checked(folder, xlsx(表=grid(table, {**BASE[table], **changes})))
    return list(zip(batch.issues["code"], batch.issues["field"], strict=True))


@pytest.mark.parametrize("table", ["training", "accident", "incident"])
def test_a_right_row_has_no_issue(tmp_path: Path, table: str) -> None:
    absent = {"W-HEAD-04"}
    assert [code for code, _ in codes(tmp_path, table) if code not in absent] == []


@pytest.mark.parametrize(
    ("table", "changes", "expected"),
    [
        ("accident", {"accident_no": "SG3404042021031001"}, ("E-F01-02", "accident_no")),
        ("accident", {"accident_no": "SG-1"}, ("E-VAL-11", "accident_no")),
        ("accident", {"received_at": "2021-03-09 06:00"}, ("E-F01-03", "received_at")),
        ("accident", {"grade": "较大"}, ("E-F01-05", "grade")),
        ("accident", {"deaths": 3, "missing_persons": 0}, ("E-F01-05", "grade")),
        ("accident", {"direct_loss_wan": 1000}, ("E-F01-05", "grade")),
        ("accident", {"sector": "建筑施工"}, ("W-F01-06", "industry_section")),
        ("accident", {"town_code": "杨公镇"}, ("W-F01-07", "town_code")),
        ("accident", {"deaths": 1, "direct_loss_wan": 0.5}, ("W-F01-08", "direct_loss_wan")),
        ("accident", {"entered_at": "2021-03-10 07:00"}, ("W-F01-11", "entered_at")),
        ("accident", {"direct_loss_wan": 99.99}, ("W-F01-12", "direct_loss_wan")),
        ("accident", {"accident_name": "“3·19”事故"}, ("E-F01-14", "accident_name")),
        ("accident", {"stage": "核报", "direct_loss_wan": None}, ("E-F01-16", "direct_loss_wan")),
        ("accident", {"deaths": -1}, ("E-VAL-09", "deaths")),
        ("incident", {"has_casualty": "是"}, ("E-F02-02", "escalated_accident_no")),
        ("incident", {"resolved_at": "2021-03-08"}, ("E-F02-03", "resolved_at")),
        ("incident", {"builder_name": None}, ("W-F02-04", "builder_name")),
        ("incident", {"evacuated": 500}, ("W-F02-05", "incident_type")),
        ("training", {"exam_due": 41}, ("E-F06-02", "exam_due")),
        ("training", {"exam_due": 40, "examined": 39, "passed": 40}, ("E-F06-02", "passed")),
        ("training", {"started_on": "2021-03-10"}, ("E-F06-03", "ended_on")),
        ("training", {"ended_on": "2021-04-01"}, ("E-F06-04", "ended_on")),
        ("training", {"started_on": "2021-02-01", "ended_on": "2021-02-03"}, ("W-F06-04", "ended_on")),
        ("training", {"organizer_level": "区级"}, ("W-F06-06", "organizer_level")),
        ("training", {"category": "灾害信息员培训"}, ("W-F06-07", "audience")),
        ("training", {"hours": 17}, ("W-F06-08", "hours")),
        ("training", {"title": None}, ("E-VAL-01", "title")),
        ("training", {"participants": "约30"}, ("E-VAL-04", "participants")),
    ],
)
def test_a_broken_rule_is_reported_at_its_cell(
    tmp_path: Path, table: str, changes: dict[str, Cell], expected: tuple[str, str]
) -> None:
    assert expected in codes(tmp_path, table, **changes)


def test_an_accident_of_an_earlier_month_is_late_when_new_and_right_when_a_later_stage(
    tmp_path: Path,
) -> None:
    earlier = {
        "accident_no": "SG3404042021020901",
        "accident_name": "“2·9”事故",
        "occurred_at": "2021-02-09 06:40",
        "received_at": "2021-02-09 06:50",
        "entered_at": "2021-02-09 07:00",
    }
    assert ("W-F01-04", "occurred_at") in codes(tmp_path, "accident", **earlier)
    assert ("W-F01-04", "occurred_at") not in codes(tmp_path, "accident", **earlier, stage="续报")


def test_a_number_used_twice_is_marked_the_second_time(tmp_path: Path) -> None:
    batch = checked(tmp_path, xlsx(表=grid("training", TRAINING, TRAINING)))
    assert ("E-F06-01", "A4") in found(batch)
    assert ("E-F06-01", "A3") not in found(batch)


def test_the_same_number_in_two_submissions_of_a_batch_is_no_duplicate(tmp_path: Path) -> None:
    other = ["填报单位：杨公镇", "所属月份：2021年3月"]
    batch = checked(tmp_path, xlsx(表=grid("training", TRAINING)), xlsx(表=grid("training", TRAINING, head=other)))
    assert list(batch.submissions["status"]) == ["accepted", "accepted"]


def test_an_unreadable_cell_is_one_issue_and_not_blank_as_well(tmp_path: Path) -> None:
    assert codes(tmp_path, "training", started_on="2021-13-01") == [("E-VAL-02", "started_on")]


def test_one_error_rejects_the_submission_and_its_rows_are_not_loaded(tmp_path: Path) -> None:
    batch = checked(tmp_path, xlsx(表=grid("training", TRAINING, {**TRAINING, "training_no": "PX-02", "title": None})))
    assert list(batch.submissions["status"]) == ["rejected"]
    assert len(batch.tables["training"]) == 0


def test_a_township_names_an_officer_for_each_of_its_villages(tmp_path: Path) -> None:
    built_in = load_register()
    village = Unit(code="340404004001", name="甲社区", kind="community", parent="340404004")
    register = build_register([*built_in.units.values(), village], built_in.obligations)
    officer = {
        "level": "乡镇街道",
        "place_code": "340404004",
        "place_name": "谢三村街道",
        "name": "某甲",
        "ab_role": "A",
    }
    batch = checked(tmp_path, xlsx(表=grid("officer", officer)), register=register)
    missing = batch.issues[batch.issues["code"] == "E-F10-02"]
    assert "甲社区" in missing["message"].iloc[0]


def test_a_name_never_appears_in_an_issue(tmp_path: Path) -> None:
    rows = [
        {"level": "乡镇街道", "place_code": code, "place_name": name, "name": "赵某某", "ab_role": "B"}
        for code, name in (("340404004", "谢三村街道"), ("340404103", "杨公镇"))
    ]
    batch = checked(tmp_path, xlsx(表=grid("officer", *rows)))
    assert "W-F10-04" in set(batch.issues["code"])
    assert "赵某某" not in batch.issues.astype(str).to_string()


def test_a_code_with_another_places_name_is_an_error(tmp_path: Path) -> None:
    officer = {
        "level": "乡镇街道",
        "place_code": "340404200",
        "place_name": "孤堆回族乡",
        "name": "某甲",
        "ab_role": "A",
    }
    assert ("E-F10-01", "B3") in found(checked(tmp_path, xlsx(表=grid("officer", officer))))


def test_messages_say_where_what_and_what_to_do(tmp_path: Path) -> None:
    batch = checked(tmp_path, xlsx(表=grid("training", {**TRAINING, "ended_on": "2021-13-01"})))
    assert list(batch.issues["message"]) == ["第 3 行「结束日期」：2021-13-01 不是有效日期，请写成 2021-03-09"]


@pytest.mark.parametrize(("total", "expected"), [(80, []), (81, [("W-TOT-01", "J5")]), (None, []), ("八十", [])])
def test_a_written_total_is_compared_with_the_sum_of_the_rows(
    tmp_path: Path, total: Cell, expected: list[tuple[str, str]]
) -> None:
    rows = grid("training", TRAINING, {**TRAINING, "training_no": "PX-02"})
    batch = checked(tmp_path, xlsx(表=[*rows, ["合计", *[None] * 8, total]]))
    assert found(batch) == expected
    assert list(batch.submissions["rows"]) == [2]
