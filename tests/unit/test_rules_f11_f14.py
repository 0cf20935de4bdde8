"""The rules of F11 to F14: what breaks each, and what comes near and does not."""

from pathlib import Path

import pytest

from schemas.form import tables
from tests.rows import Breaks, Sheet, all_findings, codes_in, example, findings
from tests.workbooks import checked, found, grid, xlsx

_TWICE = Sheet(({}, {}))
_NOBODY_ON_DUTY = {"duty_due": 0, "duty_filled": 0}

BREAKS: Breaks = {
    ("duty", "E-F11-01"): {"duty_filled": 63},
    ("duty", "E-F11-02"): {"risk_points_fixed": 6},
    ("duty", "E-F11-03"): {"forest_fires": 2},
    ("duty", "W-F11-10"): [
        Sheet((_NOBODY_ON_DUTY,), month="2021年5月"),
        Sheet((_NOBODY_ON_DUTY,), month="2021年9月"),
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

PASSES: Breaks = {
    ("duty", "E-F11-01"): {"duty_filled": 61},
    ("duty", "E-F11-02"): {"risk_points_fixed": 5},
    ("duty", "E-F11-03"): {"forest_fires": 1},
    ("duty", "W-F11-10"): [
        Sheet((_NOBODY_ON_DUTY,), month="2021年4月"),
        Sheet((_NOBODY_ON_DUTY,), month="2021年10月"),
    ],
    ("duty", "E-F11-11"): {},
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
    ("responsibility", "E-F12-08"): {},
    ("tip", "E-F12-03"): {"closed_on": "2021-03-03"},
    ("tip", "E-F12-04"): {"finding": "核查中", "closed_on": None, "reward_yuan": None},
    ("tip", "W-F12-05"): [{"finding": "不属实", "reward_yuan": 0}, {"finding": "不属实", "reward_yuan": None}],
    ("tip", "W-F12-06"): {"reward_yuan": 500_000},
    ("tip", "W-F12-07"): [
        {"finding": "核查中", "closed_on": None, "due_on": "2021-03-31"},
        {"due_on": "2021-03-15"},
    ],
    ("tip", "E-F12-09"): Sheet(({}, {"tip_no": "JB34040420210302"})),
    ("tip", "E-F12-10"): {"received_on": "2021-03-31", "closed_on": "2021-03-31"},
    ("tip", "W-F12-10"): {"received_on": "2021-02-27", "closed_on": "2021-03-01"},
    ("tip", "E-F12-11"): {"closed_on": "2021-03-31"},
    ("risk", "E-F13-01"): Sheet(({}, {"uscc": "91340404MA20000180"})),
    ("risk", "W-F13-02"): {"points_red": 1, "risk_colour": "红"},
    ("campaign", "E-F14-01"): Sheet(({}, {"subplan_code": "10"}, {"subplan_code": None})),
    ("campaign", "E-F14-02"): {"measures_done": 40},
    ("campaign", "E-F14-05"): [Sheet(({},), month="2020年4月"), Sheet(({},), month="2022年12月")],
    ("campaign", "E-F14-07"): {"campaign_code": "大检查大起底大整治"},
}


def test_what_breaks_a_rule_is_reported(tmp_path: Path) -> None:
    found = all_findings(tmp_path, BREAKS)

    assert [key for key, cases in found.items() if not all(key[1] in codes_in(issues) for issues in cases)] == []


def test_what_comes_near_and_keeps_a_rule_is_not_reported(tmp_path: Path) -> None:
    passed = all_findings(tmp_path, PASSES)

    assert [key for key, cases in passed.items() if any(key[1] in codes_in(issues) for issues in cases)] == []


def test_every_rule_has_what_comes_near() -> None:
    assert set(PASSES) == set(BREAKS)


@pytest.mark.parametrize("heading", ["举报人", "举报人（必填）", "举报人姓名", "举报人 联系电话", "来信人"])
def test_a_column_that_names_the_informant_is_refused(tmp_path: Path, heading: str) -> None:
    rows = grid("tip", example("tip"))
    named = [rows[0], [*rows[1], heading], [*rows[2], "赵某某"]]

    batch = checked(tmp_path, xlsx(B举报=named, A责任落实=grid("responsibility", example("responsibility"))))

    assert "E-HEAD-06" in [code for code, _ in found(batch)]
    assert "赵某某" not in batch.issues.astype(str).to_string()


def test_the_unit_that_is_reported_on_is_not_the_informant(tmp_path: Path) -> None:
    (marked,) = findings(tmp_path, "tip", [{"target_name": "某公司"}])

    assert "E-HEAD-06" not in codes_in(marked)


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
