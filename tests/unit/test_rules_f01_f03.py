"""The rules of F01 to F03: what breaks each, and what comes near and does not."""

import pytest

from tests.rows import Breaks, Found, Sheet, all_findings, codes_in

HOUSING = "区住房和城乡建设局"
IN_FEBRUARY, IN_APRIL = Sheet(({},), month="2021年2月"), Sheet(({},), month="2021年4月")


def month_of(month: str, **changes: str) -> Sheet:
    """The report of another month."""
    return Sheet((changes,), month=month)


BREAKS: Breaks = {
    ("accident", "E-F01-01"): Sheet(({}, {})),
    ("accident", "E-F01-02"): {"accident_no": "SG3404042021031001"},
    ("accident", "E-F01-03"): [
        {"received_at": "2021-03-09 06:39"},
        {"entered_at": "2021-03-09 06:54"},
        {"received_at": None, "entered_at": "2021-03-09 06:39"},
    ],
    ("accident", "E-F01-04"): IN_FEBRUARY,
    ("accident", "W-F01-04"): IN_APRIL,
    ("accident", "E-F01-05"): [
        {"grade": "较大"},
        {"deaths": 3},
        {"deaths": 1, "missing_persons": 2},
        {"serious_injuries": 10},
        {"direct_loss_wan": 1000},
        {"deaths": 10, "grade": "较大"},
        {"serious_injuries": 50, "grade": "较大"},
        {"direct_loss_wan": 5000, "grade": "较大"},
        {"deaths": 30, "grade": "重大"},
        {"serious_injuries": 100, "grade": "重大"},
        {"direct_loss_wan": 10000, "grade": "重大"},
    ],
    ("accident", "W-F01-06"): [
        {"sector": "建筑施工"},
        {"sector": "道路运输", "industry_section": "E", "industry_division": "47"},
        {"sector": "工矿商贸", "industry_section": "G", "industry_division": "54"},
    ],
    ("accident", "W-F01-07"): {"town_code": "杨公镇"},
    ("accident", "W-F01-08"): [{"deaths": 1, "direct_loss_wan": 0.99}, {"direct_loss_wan": 5000.01, "grade": "重大"}],
    ("accident", "W-F01-11"): {"entered_at": "2021-03-10 06:56"},
    ("accident", "W-F01-12"): {"direct_loss_wan": 99.99, "override_reason": None},
    ("accident", "W-F01-13"): [
        {"investigation_submitted_on": "2021-05-09"},
        {"investigation_submitted_on": "2021-05-09", "occurred_at": "2021-03-09 23:59"},
    ],
    ("accident", "E-F01-14"): [{"accident_name": "“3·19”爆燃事故"}, {"accident_name": "“9.3”爆燃事故"}],
    ("accident", "W-F01-15"): {"deaths": 3, "grade": "较大"},
    ("accident", "E-F01-16"): [
        {"stage": "核报", "direct_loss_wan": None},
        {"stage": "结案", "direct_loss_wan": None},
    ],
    ("accident", "E-F01-17"): {"stage": "核销", "cancel_basis": None},
    ("accident", "W-F01-18"): {"uscc": None},
    ("accident", "W-F01-19"): [{"industry_division": "60"}, {"industry_division": "房屋建筑业"}],
    ("incident", "E-F02-01"): Sheet(({}, {})),
    ("incident", "E-F02-02"): {"has_casualty": "是", "escalated_accident_no": None},
    ("incident", "E-F02-03"): {"resolved_at": "2021-03-09 06:29"},
    ("incident", "W-F02-04"): {"builder_name": None},
    ("incident", "W-F02-05"): {"evacuated": 500},
    ("incident", "W-F02-06"): Sheet(
        (
            {},
            {"incident_no": "SJ3404042021030902", "occurred_at": "2021-03-09 08:30", "resolved_at": "2021-03-09 12:00"},
        )
    ),
    ("incident", "E-F02-07"): {"incident_no": "SJ3404042021030801"},
    ("incident", "E-F02-08"): IN_FEBRUARY,
    ("incident", "W-F02-08"): IN_APRIL,
    ("incident", "W-F02-09"): [{"owner_name": None}, {"owner_name": None, "cause_code": "其他第三方施工"}],
    ("incident", "W-F02-10"): [
        {"builder_name": None, "cause_code": "其他第三方施工"},
        {"builder_name": None, "incident_type": "坍塌险情"},
    ],
    ("incident", "W-F02-11"): {"builder_uscc": None},
    ("inspection", "E-F03-01"): [{"units_visited": 13}, {"visits": 0}],
    ("inspection", "E-F03-02"): {"units_visited": 0, "visits": 1},
    ("inspection", "E-F03-03"): [{"fixed_on_spot": 4}, {"hazards_major": 2}, {"transferred": 0}],
    ("inspection", "W-F03-04"): {"documents": 2},
    ("inspection", "E-F03-05"): [{"penalties": 0}, {"penalties": 0, "fines_wan": 0.01}],
    ("inspection", "W-F03-06"): {"penalties": 13},
    ("inspection", "E-F03-07"): Sheet(({}, {"visits": 20})),
    ("inspection", "W-F03-08"): [
        {"key_window": "国庆"},
        month_of("2021年5月", key_window="端午"),
        month_of("2020年3月", key_window="两会"),
        month_of("2021年7月", key_window="森林防火期"),
        month_of("2021年10月", key_window="汛期"),
    ],
    ("inspection", "W-F03-09"): {"check_type": "专家体检", "expert_times": 0},
    ("inspection", "W-F03-10"): [{"fines_wan": 100.01}, {"fines_wan": "2000100元", "penalties": 2}],
    ("inspection", "W-F03-12"): [
        {"campaign_code": "防风险保平安迎七一"},
        month_of("2020年3月", campaign_code="三年行动"),
        month_of("2023年1月", campaign_code="三年行动"),
    ],
}

PASSES: Breaks = {
    ("accident", "E-F01-01"): Sheet(({}, {"accident_no": "SG3404042021030902"})),
    ("accident", "E-F01-02"): {"accident_no": "SG3404042021030999"},
    ("accident", "E-F01-03"): {"received_at": "2021-03-09 06:40", "entered_at": "2021-03-09 06:40"},
    ("accident", "E-F01-04"): [{"occurred_at": "2021-03-31 23:55"}, IN_APRIL],
    ("accident", "W-F01-04"): [Sheet(({"stage": "续报"},), month="2021年4月"), {"occurred_at": "2021-03-01 00:00"}],
    ("accident", "E-F01-05"): [
        {"deaths": 2, "serious_injuries": 9, "direct_loss_wan": 999.99},
        {"deaths": 3, "grade": "较大"},
        {"deaths": 1, "missing_persons": 2, "grade": "较大"},
        {"deaths": 9, "serious_injuries": 49, "direct_loss_wan": 4999.99, "grade": "较大"},
        {"deaths": 29, "serious_injuries": 99, "direct_loss_wan": 9999.99, "grade": "重大"},
        {"direct_loss_wan": 10000, "grade": "特别重大"},
    ],
    ("accident", "W-F01-06"): [
        {"sector": "建筑施工", "industry_section": "E", "industry_division": "47"},
        {"sector": "道路运输", "industry_section": "G", "industry_division": "54"},
        {"sector": "城镇燃气", "industry_section": "E", "industry_division": "48"},
    ],
    ("accident", "W-F01-07"): Sheet(({},), unit=HOUSING),
    ("accident", "W-F01-08"): [
        {"deaths": 1, "direct_loss_wan": 1},
        {"deaths": 0, "direct_loss_wan": 0.5},
        {"direct_loss_wan": 5000, "grade": "重大"},
    ],
    ("accident", "W-F01-11"): {"entered_at": "2021-03-10 06:55"},
    ("accident", "W-F01-12"): [
        {"direct_loss_wan": 100, "override_reason": None},
        {"direct_loss_wan": 99.99, "override_reason": None, "minor_injuries": 1},
        {"direct_loss_wan": 99.99},
    ],
    ("accident", "W-F01-13"): {"investigation_submitted_on": "2021-05-08", "occurred_at": "2021-03-09 00:00"},
    ("accident", "E-F01-14"): [
        {"accident_name": "“3.9”爆燃事故"},
        {"accident_name": "某厂1.5万伏线路触电事故"},
        {"accident_name": "某厂2.5吨叉车倾覆事故"},
    ],
    ("accident", "W-F01-15"): {"deaths": 2},
    ("accident", "E-F01-16"): [{"direct_loss_wan": None}, {"stage": "核报", "direct_loss_wan": 0}],
    ("accident", "E-F01-17"): [{"cancel_basis": None}, {"stage": "核销"}],
    ("accident", "W-F01-18"): {"enterprise_name": "个人", "uscc": None},
    ("accident", "W-F01-19"): [{"industry_division": "61"}, {"industry_division": None}],
    ("incident", "E-F02-01"): Sheet(({}, {"incident_no": "SJ3404042021030902"})),
    ("incident", "E-F02-02"): [{"has_casualty": "是"}, {"escalated_accident_no": None}],
    ("incident", "E-F02-03"): {"resolved_at": "2021-03-09 06:30"},
    ("incident", "W-F02-04"): [{"builder_name": None, "cause_code": "设施老化"}, {}],
    ("incident", "W-F02-05"): [{"evacuated": 499}, {"evacuated": 500, "incident_type": "较大涉险"}],
    ("incident", "W-F02-06"): [
        Sheet(({}, {"occurred_at": "2021-03-09 08:31"})),
        Sheet(({}, {"incident_type": "其他"})),
        Sheet(({}, {"town_code": "杨公镇"})),
    ],
    ("incident", "E-F02-07"): {"incident_no": "SJ3404042021030999"},
    ("incident", "E-F02-08"): {"occurred_at": "2021-03-31 23:59"},
    ("incident", "W-F02-08"): {"occurred_at": "2021-03-01 00:00"},
    ("incident", "W-F02-09"): {"owner_name": None, "cause_code": "用户使用不当"},
    ("incident", "W-F02-10"): [{"builder_name": None}, {"builder_name": None, "cause_code": "不明"}],
    ("incident", "W-F02-11"): {"builder_name": None, "builder_uscc": None},
    ("inspection", "E-F03-01"): {"units_visited": 12},
    ("inspection", "E-F03-02"): {"units_visited": 0, "visits": 0},
    ("inspection", "E-F03-03"): dict.fromkeys(
        ["fixed_on_spot", "ordered_to_fix", "transferred", "hazards_general", "hazards_major"], 0
    ),
    ("inspection", "W-F03-04"): {"documents": 3},
    ("inspection", "E-F03-05"): [{"penalties": 0, "fines_wan": 0}, {"penalties": 1, "fines_wan": 0}],
    ("inspection", "W-F03-06"): {"penalties": 12},
    ("inspection", "E-F03-07"): Sheet(({}, {"key_window": "无"}, {"check_type": "日常检查"})),
    ("inspection", "W-F03-08"): [
        {"key_window": "无"},
        month_of("2021年4月", key_window="五一"),
        month_of("2021年9月", key_window="国庆"),
        month_of("2021年6月", key_window="七一"),
        month_of("2020年5月", key_window="两会"),
        month_of("2022年12月", key_window="元旦"),
        month_of("2021年10月", key_window="森林防火期"),
    ],
    ("inspection", "W-F03-09"): [
        {"check_type": "专家体检", "expert_times": 1},
        {"check_type": "专家体检", "expert_times": 0, "visits": 0, "units_visited": 0},
    ],
    ("inspection", "W-F03-10"): [{"fines_wan": 100}, {"fines_wan": 200, "penalties": 2}],
    ("inspection", "W-F03-12"): [
        {"campaign_code": "无"},
        month_of("2021年4月", campaign_code="防风险保平安迎七一"),
        month_of("2020年4月", campaign_code="三年行动"),
        month_of("2022年12月", campaign_code="三年行动"),
    ],
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], list[set[Found]]]:
    return all_findings(tmp_path_factory.mktemp("breaks"), BREAKS)


@pytest.fixture(scope="module")
def passed(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], list[set[Found]]]:
    return all_findings(tmp_path_factory.mktemp("passes"), PASSES)


@pytest.mark.parametrize(("table", "code"), BREAKS)
def test_what_breaks_a_rule_is_reported(found: dict[tuple[str, str], list[set[Found]]], table: str, code: str) -> None:
    assert all(code in codes_in(issues) for issues in found[table, code])


@pytest.mark.parametrize(("table", "code"), PASSES)
def test_what_comes_near_and_keeps_a_rule_is_not_reported(
    passed: dict[tuple[str, str], list[set[Found]]], table: str, code: str
) -> None:
    assert not any(code in codes_in(issues) for issues in passed[table, code])


def test_every_rule_has_what_comes_near() -> None:
    assert set(PASSES) == set(BREAKS)
