"""The rules of F04 to F07: what breaks each, and what comes near and does not."""

import pytest

from tests.rows import Breaks, Changes, Found, Sheet, all_findings, codes_in

IN_FEBRUARY, IN_APRIL = Sheet(({},), month="2021年2月"), Sheet(({},), month="2021年4月")
OPEN: Changes = {"status": "整改中", "fixed_on": None, "verified_on": None, "verifier": None}
GENERAL: Changes = {
    "level": "一般",
    **dict.fromkeys(["basis", "responsible", "measures", "funds_wan", "contingency", "supervision_level"]),
}
NO_EXAM: Changes = {"exam_due": None, "examined": None, "passed": None}


def decided(on: str, published_on: str, month: str = "2021年9月") -> Sheet:
    """A penalty decided and published on these days."""
    return Sheet(({"opened_on": on, "decided_on": on, "published_on": published_on},), month=month)


def held(on: str, tag: str) -> Sheet:
    """An activity with a tag, in the report of its month."""
    year, month, _ = on.split("-")
    return Sheet(({"held_on": on, "tag": tag},), month=f"{year}年{int(month)}月")


def fixed_at_once(same: int, rows: int) -> Sheet:
    """A ledger in which so many of the hazards were put right on the day on which they were found."""
    days = ["2021-03-04"] * same + ["2021-03-15"] * (rows - same)
    return Sheet(
        tuple(
            {"hazard_no": f"YH{number}", "description": f"第{number}处灭火器过期", "fixed_on": day}
            for number, day in enumerate(days)
        )
    )


def found_twice(first: str, second: str, **changes: str) -> Sheet:
    """The same words about the same enterprise on two days."""
    return Sheet(({"found_on": first}, {"found_on": second, "hazard_no": "YH2", **changes}))


BREAKS: Breaks = {
    ("penalty", "E-F04-01"): Sheet(({}, {})),
    ("penalty", "E-F04-02"): {"decided_on": "2021-03-09"},
    ("penalty", "E-F04-03"): [{"fine_yuan": None}, {"fine_yuan": 0}, {"penalty_kinds": "警告、停产停业"}],
    ("penalty", "W-F04-06"): [
        decided("2021-09-01", "2021-09-13"),
        decided("2021-09-01", "2021-09-11"),
        decided("2021-09-30", "2021-10-18"),
    ],
    ("penalty", "W-F04-07"): {"fine_yuan": 99.99},
    ("penalty", "E-F04-08"): {"accident_no": None},
    ("penalty", "E-F04-09"): IN_FEBRUARY,
    ("penalty", "W-F04-09"): IN_APRIL,
    ("hazard", "E-F05-01"): Sheet(({}, {})),
    ("hazard", "E-F05-02"): [
        {"fixed_on": "2021-03-03"},
        {"verified_on": "2021-03-14"},
        {"fixed_on": None, "verified_on": "2021-03-03"},
    ],
    ("hazard", "E-F05-03"): [{"fixed_on": None}, {"verified_on": None}, {"verifier": None}],
    ("hazard", "E-F05-04"): [{"status": "未整改"}, {"status": "整改中"}, {"status": "待验收"}],
    ("hazard", "E-F05-05"): [{"responsible": None}, {"measures": None}, {"funds_wan": None}, {"contingency": None}],
    ("hazard", "W-F05-06"): [{"verifier": "王某某"}, {"verifier": "王 某某"}],
    ("hazard", "W-F05-07"): [{"due_on": "2021-03-03"}, {"due_on": "2021-09-01"}],
    ("hazard", "W-F05-08"): [found_twice("2021-03-01", "2021-03-04"), found_twice("2021-02-01", "2021-03-03")],
    ("hazard", "W-F05-09"): [fixed_at_once(21, 21), fixed_at_once(19, 21)],
    ("hazard", "E-F05-10"): IN_FEBRUARY,
    ("hazard", "W-F05-11"): {**OPEN, "due_on": "2021-03-31", "extension_basis": None},
    ("hazard", "E-F05-15"): {"basis": None},
    ("hazard", "E-F05-16"): {"supervision_level": None},
    ("hazard", "W-F05-17"): {"campaign_code": "防风险保平安迎七一"},
    ("training", "E-F06-01"): Sheet(({}, {})),
    ("training", "E-F06-02"): [{"exam_due": 41}, {"examined": 41}, {"passed": 39}],
    ("training", "E-F06-03"): {"started_on": "2021-03-10"},
    ("training", "E-F06-04"): IN_FEBRUARY,
    ("training", "W-F06-04"): IN_APRIL,
    ("training", "W-F06-05"): [{"participants": 2001}, {"participants": 2, **NO_EXAM}],
    ("training", "W-F06-06"): {"organizer_level": "区级"},
    ("training", "W-F06-07"): {"category": "灾害信息员培训"},
    ("training", "W-F06-08"): {"hours": 16.5},
    ("training", "E-F06-09"): [{"exam_due": None}, {"examined": None}, {"passed": None}],
    ("publicity", "E-F07-01"): Sheet(({}, {})),
    ("publicity", "E-F07-02"): IN_FEBRUARY,
    ("publicity", "W-F07-02"): IN_APRIL,
    ("publicity", "W-F07-03"): [
        held("2021-06-09", "6·16咨询日"),
        held("2021-06-21", "日常、6·16咨询日"),
        held("2021-05-04", "5·12防灾减灾"),
        held("2021-05-21", "5·12防灾减灾"),
        held("2021-05-31", "安全生产月"),
        held("2021-07-01", "安全生产月"),
    ],
    ("publicity", "W-F07-04"): [{"materials": 1201}, {"audience_count": 0, "materials": 1}],
    ("publicity", "W-F07-05"): dict.fromkeys(["audience_count", "materials", "media_reports", "online_count"], 0),
}

PASSES: Breaks = {
    ("penalty", "E-F04-01"): Sheet(({}, {"decision_no": "（谢）应急罚〔2021〕4号"})),
    ("penalty", "E-F04-02"): {"decided_on": "2021-03-10"},
    ("penalty", "E-F04-03"): [{"penalty_kinds": "警告", "fine_yuan": None}, {"penalty_kinds": "警告", "fine_yuan": 0}],
    ("penalty", "W-F04-06"): [
        decided("2021-09-01", "2021-09-10"),
        decided("2021-09-30", "2021-10-15"),
        decided("2021-08-31", "2021-10-15", "2021年8月"),
        decided("2026-12-31", "2027-03-01", "2026年12月"),
    ],
    ("penalty", "W-F04-07"): [{"fine_yuan": 100}, {"fine_yuan": "0.01万元"}, {"penalty_kinds": "警告", "fine_yuan": 0}],
    ("penalty", "E-F04-08"): {"is_accident_penalty": "否", "accident_no": None},
    ("penalty", "E-F04-09"): {"decided_on": "2021-03-31"},
    ("penalty", "W-F04-09"): {"opened_on": "2021-02-01", "decided_on": "2021-03-01"},
    ("hazard", "E-F05-01"): Sheet(({}, {"hazard_no": "YH2"})),
    ("hazard", "E-F05-02"): {"fixed_on": "2021-03-04", "verified_on": "2021-03-04"},
    ("hazard", "E-F05-03"): OPEN,
    ("hazard", "E-F05-04"): [OPEN, {**OPEN, "status": "待验收", "fixed_on": "2021-03-15"}],
    ("hazard", "E-F05-05"): [GENERAL, {"funds_wan": 0}, {"contingency": "无"}],
    ("hazard", "W-F05-06"): [{"responsible": None, "verifier": None}, {"verifier": "王某"}],
    ("hazard", "W-F05-07"): [{"due_on": "2021-03-04"}, {"due_on": "2021-08-31"}],
    ("hazard", "W-F05-08"): [
        found_twice("2021-01-31", "2021-03-03"),
        found_twice("2021-03-01", "2021-03-04", enterprise_name="谢三村示例面馆"),
        found_twice("2021-03-01", "2021-03-04", description="消防通道堆放杂物"),
    ],
    ("hazard", "W-F05-09"): [fixed_at_once(20, 20), fixed_at_once(18, 21), fixed_at_once(27, 30)],
    ("hazard", "E-F05-10"): [{"found_on": "2021-03-31"}, IN_APRIL],
    ("hazard", "W-F05-11"): [
        {**OPEN, "due_on": "2021-04-01", "extension_basis": None},
        {**OPEN, "due_on": "2021-03-31"},
        {"extension_basis": None},
    ],
    ("hazard", "E-F05-15"): GENERAL,
    ("hazard", "E-F05-16"): [GENERAL, {"supervision_level": "无"}],
    ("hazard", "W-F05-17"): [
        Sheet(({"campaign_code": "防风险保平安迎七一", "found_on": "2021-04-01"},), month="2021年4月"),
        {"campaign_code": "无"},
    ],
    ("training", "E-F06-01"): Sheet(({}, {"training_no": "PX2"})),
    ("training", "E-F06-02"): {"participants": 40, "exam_due": 40, "examined": 40, "passed": 40},
    ("training", "E-F06-03"): {"started_on": "2021-03-09"},
    ("training", "E-F06-04"): {"ended_on": "2021-03-31"},
    ("training", "W-F06-04"): {"started_on": "2021-02-26", "ended_on": "2021-03-01"},
    ("training", "W-F06-05"): [{"participants": 2000}, {"participants": 3, **NO_EXAM}],
    ("training", "W-F06-06"): Sheet(({"organizer_level": "区级"},), unit="区应急管理局"),
    ("training", "W-F06-07"): {"category": "灾害信息员培训", "audience": "群众、灾害信息员"},
    ("training", "W-F06-08"): {"hours": 16},
    ("training", "E-F06-09"): NO_EXAM,
    ("publicity", "E-F07-01"): Sheet(({}, {"activity_no": "XC2"})),
    ("publicity", "E-F07-02"): {"held_on": "2021-03-31"},
    ("publicity", "W-F07-02"): {"held_on": "2021-03-01"},
    ("publicity", "W-F07-03"): [
        held("2021-06-10", "6·16咨询日"),
        held("2021-06-20", "6·16咨询日"),
        held("2021-05-05", "5·12防灾减灾"),
        held("2021-05-20", "5·12防灾减灾"),
        held("2021-06-01", "安全生产月"),
        held("2021-06-30", "安全生产月"),
    ],
    ("publicity", "W-F07-04"): [{"materials": 1200}, {"audience_count": 0, "materials": 0}],
    ("publicity", "W-F07-05"): {"audience_count": 0, "materials": 0, "media_reports": 0, "online_count": 1},
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
