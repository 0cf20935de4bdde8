"""Each rule of F08 to F14: rows that just break it, and rows that just do not."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from schemas.form import tables
from schemas.unit import Register, Unit, build_register, load_register
from tests.rows import Breaks, Case, Changes, Sheet, cases_of, example, findings
from tests.workbooks import checked, found, grid, xlsx

_TWICE = Sheet(({}, {}))
_NOT_REVISED = {"revised_on": None, "revision_reason": None}

BREAKS: Breaks = {
    ("plan", "E-F08-01"): _TWICE,
    ("plan", "E-F08-02"): [
        {"revised_on": "2019-05-05"},
        {"filed_on": "2021-03-09"},
        {**_NOT_REVISED, "filed_on": "2019-05-05"},
    ],
    ("plan", "W-F08-03"): {"valid_until": "2021-03-30"},
    ("plan", "E-F08-07"): {"revision_reason": None},
    ("plan", "E-F08-09"): [
        {**_NOT_REVISED, "issued_on": "2021-04-01", "filed_on": None},
        {"revised_on": "2021-04-01", "filed_on": None},
        {"filed_on": "2021-04-01"},
    ],
    ("drill", "E-F08-01"): _TWICE,
    ("drill", "W-F08-06"): {"form_kind": "桌面", "participants": 201},
    ("drill", "E-F08-08"): {"held_on": "2021-04-01"},
    ("drill", "W-F08-08"): {"held_on": "2021-02-28"},
    ("team", "E-F09-01"): _TWICE,
    ("team", "W-F09-02"): {"full_time": 0, "part_time": 0},
    ("team", "W-F09-03"): {"last_trained_on": "2020-10-01"},
    ("team", "E-F09-09"): {"last_trained_on": "2021-04-01"},
    ("supply", "E-F09-01"): [_TWICE, Sheet(({"spec": None}, {"spec": None}))],
    ("supply", "W-F09-05"): {"expires_on": "2021-03-30", "stock": 0.01, "quota": 0},
    ("supply", "W-F09-06"): {"stock": 9.99},
    ("supply", "W-F09-08"): {"counted_on": "2020-12-30"},
    ("supply", "E-F09-09"): {"counted_on": "2021-04-01"},
    ("officer", "E-F10-01"): {"place_name": "杨公镇"},
    ("officer", "E-F10-02"): {"place_code": "340404103", "place_name": "杨公镇"},
    ("officer", "W-F10-03"): {"ab_role": "B"},
    ("officer", "W-F10-04"): Sheet(({}, {"place_code": "340404103", "place_name": "杨公镇"})),
    ("officer", "W-F10-05"): {"last_trained_on": "2020-03-30"},
    ("officer", "E-F10-08"): {"last_trained_on": "2021-04-01"},
    ("community", "E-F10-01"): {"community_name": "杨公镇"},
    ("community", "E-F10-06"): [{"applied_on": None}, {"stage": "创建"}],
    ("community", "W-F10-07"): {"score": 79.9},
    ("community", "E-F10-08"): {"applied_on": "2021-04-01"},
    ("community", "E-F10-09"): _TWICE,
    ("duty", "E-F11-01"): {"duty_filled": 63},
    ("duty", "E-F11-02"): {"risk_points_fixed": 6},
    ("duty", "E-F11-03"): {"forest_fires": 2},
    ("duty", "W-F11-10"): [
        Sheet(({"duty_due": 0, "duty_filled": 0},), month="2021年5月"),
        Sheet(({"duty_due": 0, "duty_filled": 0},), month="2021年9月"),
    ],
    ("duty", "E-F11-11"): _TWICE,
    ("disaster", "E-F11-04"): {"crops_lost_ha": 18.51},
    ("disaster", "W-F11-05"): {"reported_at": "2021-03-08 05:31"},
    ("disaster", "W-F11-06"): {"affected": 221_590},
    ("disaster", "E-F11-07"): {"relocated": 321},
    ("disaster", "W-F11-08"): {"crops_ha": 27_570.01},
    ("disaster", "E-F11-12"): {"reported_at": "2021-03-08 03:29"},
    ("disaster", "E-F11-13"): {"started_at": "2021-04-01 00:00", "reported_at": "2021-04-01 01:00"},
    ("disaster", "W-F11-13"): {"started_at": "2021-02-28 23:59", "reported_at": "2021-03-01 01:00"},
    ("disaster", "W-F11-14"): {"disaster_subtype": None},
    ("disaster", "W-F11-15"): [{"disaster_subtype": "冰雹"}, {"disaster_type": "旱灾", "disaster_subtype": "滑坡"}],
    ("disaster", "E-F11-16"): _TWICE,
    ("responsibility", "E-F12-01"): {"letters_signed": 41},
    ("responsibility", "E-F12-08"): _TWICE,
    ("tip", "E-F12-03"): {"closed_on": "2021-03-02"},
    ("tip", "E-F12-04"): [{"closed_on": None}, {"finding": "核查中"}],
    ("tip", "W-F12-05"): {"finding": "不属实", "reward_yuan": 0.01},
    ("tip", "W-F12-06"): {"reward_yuan": 500_000.01},
    ("tip", "W-F12-07"): [
        {"finding": "核查中", "closed_on": None, "due_on": "2021-03-30"},
        {"due_on": "2021-03-14"},
    ],
    ("tip", "E-F12-09"): _TWICE,
    ("tip", "E-F12-10"): {"received_on": "2021-04-01", "finding": "核查中", "closed_on": None},
    ("tip", "W-F12-10"): [
        {"received_on": "2021-02-27", "closed_on": "2021-02-28"},
        {"received_on": "2021-02-28", "finding": "核查中", "closed_on": None},
    ],
    ("tip", "E-F12-11"): {"closed_on": "2021-04-01"},
    ("risk", "E-F13-01"): _TWICE,
    ("risk", "W-F13-02"): {"points_red": 1},
    ("campaign", "E-F14-01"): [_TWICE, Sheet(({"subplan_code": None}, {"subplan_code": None}))],
    ("campaign", "E-F14-02"): {"measures_done": 41},
    ("campaign", "E-F14-05"): [Sheet(({},), month="2020年3月"), Sheet(({},), month="2023年1月")],
    ("campaign", "E-F14-07"): {"campaign_code": "无"},
}

HOLDS: Mapping[tuple[str, str], Case | Sequence[Case]] = {
    ("plan", "E-F08-01"): Sheet(({}, {"plan_no": "YA34040400402"})),
    ("plan", "E-F08-02"): [
        {"issued_on": "2021-03-10", "revised_on": "2021-03-10", "filed_on": "2021-03-10"},
        {**_NOT_REVISED, "issued_on": "2021-03-20"},
    ],
    ("plan", "W-F08-03"): {"valid_until": "2021-03-31"},
    ("plan", "E-F08-07"): _NOT_REVISED,
    ("plan", "E-F08-09"): {"filed_on": "2021-03-31"},
    ("drill", "W-F08-06"): [{"form_kind": "桌面", "participants": 200}, {"participants": 201}],
    ("drill", "E-F08-08"): {"held_on": "2021-03-31"},
    ("drill", "W-F08-08"): {"held_on": "2021-03-01"},
    ("team", "W-F09-02"): [{"full_time": 1, "part_time": 0}, {"full_time": 0, "part_time": 1}],
    ("team", "W-F09-03"): {"last_trained_on": "2020-10-02"},
    ("team", "E-F09-09"): {"last_trained_on": "2021-03-31"},
    ("supply", "E-F09-01"): [Sheet(({}, {"spec": None})), Sheet(({}, {"warehouse": "区物资库"}))],
    ("supply", "W-F09-05"): [{"expires_on": "2021-03-31"}, {"expires_on": "2021-03-30", "stock": 0}],
    ("supply", "W-F09-06"): {"stock": 10},
    ("supply", "W-F09-08"): {"counted_on": "2020-12-31"},
    ("officer", "E-F10-01"): {"place_name": "谢三街道"},
    ("officer", "W-F10-03"): Sheet(({"ab_role": "B"}, {"name": "赵某某"})),
    ("officer", "W-F10-05"): {"last_trained_on": "2020-03-31"},
    ("officer", "E-F10-08"): {"last_trained_on": "2021-03-31"},
    ("community", "E-F10-06"): [{"stage": "创建", "applied_on": None}, {"stage": "撤销"}],
    ("community", "W-F10-07"): [{"score": 80}, {"stage": "创建", "applied_on": None, "score": 79.9}],
    ("community", "E-F10-08"): {"applied_on": "2021-03-31"},
    ("community", "E-F10-09"): Sheet(({}, {"year": 2020})),
    ("duty", "E-F11-02"): {"risk_points_fixed": 5},
    ("duty", "E-F11-03"): {"forest_fires": 1},
    ("duty", "W-F11-10"): [
        Sheet(({"duty_due": 0, "duty_filled": 0},), month="2021年4月"),
        Sheet(({"duty_due": 0, "duty_filled": 0},), month="2021年10月"),
    ],
    ("disaster", "E-F11-04"): {"crops_lost_ha": 18.5},
    ("disaster", "W-F11-05"): [
        {"reported_at": "2021-03-08 05:30"},
        {"stage": "续报", "reported_at": "2021-03-08 05:31"},
    ],
    ("disaster", "W-F11-06"): {"affected": 221_589},
    ("disaster", "E-F11-07"): {"relocated": 320},
    ("disaster", "W-F11-08"): {"crops_ha": 27_570},
    ("disaster", "E-F11-12"): {"reported_at": "2021-03-08 03:30"},
    ("disaster", "E-F11-13"): {"started_at": "2021-03-31 23:59", "reported_at": "2021-04-01 01:00"},
    ("disaster", "W-F11-13"): [
        {"started_at": "2021-03-01 00:00", "reported_at": "2021-03-01 01:00"},
        {"started_at": "2021-02-28 23:59", "stage": "核报"},
    ],
    ("disaster", "W-F11-14"): {"disaster_type": "旱灾", "disaster_subtype": None},
    ("disaster", "W-F11-15"): [
        {"disaster_type": "风雹", "disaster_subtype": "冰雹"},
        {"disaster_type": "其他", "disaster_subtype": "滑坡"},
    ],
    ("disaster", "E-F11-16"): Sheet(({}, {"stage": "续报"}, {"stage": "续报", "reported_at": "2021-03-09 08:00"})),
    ("responsibility", "E-F12-01"): {"letters_signed": 40},
    ("tip", "E-F12-03"): {"closed_on": "2021-03-03"},
    ("tip", "E-F12-04"): {"finding": "核查中", "closed_on": None, "reward_yuan": None},
    ("tip", "W-F12-05"): [{"finding": "不属实", "reward_yuan": 0}, {"finding": "不属实", "reward_yuan": None}],
    ("tip", "W-F12-06"): {"reward_yuan": 500_000},
    ("tip", "W-F12-07"): [
        {"finding": "核查中", "closed_on": None, "due_on": "2021-03-31"},
        {"due_on": "2021-03-15"},
    ],
    ("tip", "E-F12-10"): {"received_on": "2021-03-31", "closed_on": "2021-03-31"},
    ("tip", "W-F12-10"): {"received_on": "2021-02-27", "closed_on": "2021-03-01"},
    ("tip", "E-F12-11"): {"closed_on": "2021-03-31"},
    ("risk", "E-F13-01"): Sheet(({}, {"uscc": "91340404MA20000180"})),
    ("risk", "W-F13-02"): {"points_red": 1, "risk_colour": "红"},
    ("campaign", "E-F14-01"): Sheet(({}, {"subplan_code": "10"}, {"subplan_code": None})),
    ("campaign", "E-F14-02"): {"measures_done": 40},
    ("campaign", "E-F14-05"): [Sheet(({},), month="2020年4月"), Sheet(({},), month="2022年12月")],
}


@pytest.mark.parametrize("table_id", sorted({table_id for table_id, _ in HOLDS}))
def test_a_row_just_inside_a_rule_is_not_marked(tmp_path: Path, table_id: str) -> None:
    cases = [(code, case) for (owner, code), listed in HOLDS.items() if owner == table_id for case in cases_of(listed)]

    marked = findings(tmp_path, table_id, [case for _, case in cases])

    assert [
        case for (code, case), found in zip(cases, marked, strict=True) if code in {each[0] for each in found}
    ] == []


@pytest.mark.parametrize("table_id", sorted({table_id for table_id, _ in BREAKS}))
def test_a_row_just_outside_a_rule_is_marked_at_the_column_of_the_rule(tmp_path: Path, table_id: str) -> None:
    rules = tables()[table_id][1].rules
    fields = {rule.code: {each.column for each in rules if each.code == rule.code} for rule in rules}
    cases = [(code, case) for (owner, code), listed in BREAKS.items() if owner == table_id for case in cases_of(listed)]

    marked = findings(tmp_path, table_id, [case for _, case in cases])

    for (code, case), issues in zip(cases, marked, strict=True):
        assert {field for each, field, _ in issues if each == code} & fields[code], (code, case)


@pytest.mark.parametrize("heading", ["举报人", "举报人（必填）", "举报人姓名", "举报人 联系电话", "来信人"])
def test_a_column_that_names_the_informant_is_refused(tmp_path: Path, heading: str) -> None:
    rows = grid("tip", example("tip"))
    named = [rows[0], [*rows[1], heading], [*rows[2], "赵某某"]]

    batch = checked(tmp_path, xlsx(B举报=named, A责任落实=grid("responsibility", example("responsibility"))))

    assert "E-HEAD-06" in [code for code, _ in found(batch)]
    assert "赵某某" not in batch.issues.astype(str).to_string()


def test_the_unit_that_is_reported_on_is_not_the_informant(tmp_path: Path) -> None:
    (marked,) = findings(tmp_path, "tip", [{"target_name": "某公司"}])

    assert "E-HEAD-06" not in {code for code, _, _ in marked}


@pytest.mark.parametrize("code", ["1234567", "2999999", "3010101"])
def test_a_code_of_supplies_has_seven_digits_and_begins_with_its_class(tmp_path: Path, code: str) -> None:
    assert ("E-VAL-11", "item_code") not in _marks(tmp_path, "supply", code)


@pytest.mark.parametrize("code", ["0234567", "4234567", "123456", "12345678", "1234567890123", "12A4567"])
def test_any_other_code_of_supplies_is_refused(tmp_path: Path, code: str) -> None:
    assert ("E-VAL-11", "item_code") in _marks(tmp_path, "supply", code)


def _marks(folder: Path, table_id: str, item_code: str) -> list[tuple[str, str | None]]:
    return [(code, field) for code, field, _ in findings(folder, table_id, [{"item_code": item_code}])[0]]


def test_two_villages_of_one_name_are_told_apart_by_their_codes(tmp_path: Path) -> None:
    register = _with_villages("340404102210", "340404200209")
    rows = [
        {"place_code": code, "place_name": "李咀村", "level": "村社区"} for code in ("340404102210", "340404200209")
    ]

    right, wrong = findings(tmp_path, "officer", [Sheet(tuple(rows)), {**rows[0], "place_name": "唐山镇"}], register)

    assert "E-F10-01" not in {code for code, _, _ in right}
    assert "E-F10-01" in {code for code, _, _ in wrong}


def test_every_village_of_the_unit_needs_an_officer(tmp_path: Path) -> None:
    register = _with_villages("340404004201", "340404004202")
    own: Changes = {}
    first: Changes = {"place_code": "340404004201", "place_name": "李咀村", "name": "赵某某"}
    second = {**first, "place_code": "340404004202", "name": "钱某某"}

    some, every = findings(tmp_path, "officer", [Sheet((own, first)), Sheet((own, first, second))], register)

    assert "E-F10-02" in {code for code, _, _ in some}
    assert "E-F10-02" not in {code for code, _, _ in every}


def _with_villages(*codes: str) -> Register:
    built_in = load_register()
    villages = [Unit(code=code, name="李咀村", kind="village", parent=code[:9]) for code in codes]
    return build_register([*built_in.units.values(), *villages], built_in.obligations)


def test_a_sum_counts_only_where_both_numbers_are_known(tmp_path: Path) -> None:
    (marked,) = findings(tmp_path, "team", [{"full_time": 0, "part_time": None}])

    assert "W-F09-02" not in {code for code, _, _ in marked}


@pytest.mark.parametrize(
    ("table_id", "label", "other"),
    [
        ("duty", "受害森林面积", "过火面积"),
        ("disaster", "倒塌住房", "倒塌房屋"),
        ("responsibility", "当月印发文件", "执法文书"),
    ],
)
def test_a_heading_of_another_measure_is_not_taken_for_ours(
    tmp_path: Path, table_id: str, label: str, other: str
) -> None:
    rows = grid(table_id, example(table_id))
    headings = [other if cell == label else cell for cell in rows[1]]

    batch = checked(tmp_path, xlsx(表=[rows[0], headings, rows[2]]))

    absent = batch.issues[batch.issues["code"].isin(["E-HEAD-01", "W-HEAD-04"])]
    assert [tables()[table_id][1].columns[field].label for field in absent["field"]] == [label]
