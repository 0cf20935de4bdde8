"""Three months over a turn of the year, in which every indicator has something to count."""

from collections.abc import Sequence
from datetime import UTC, datetime

from schemas.unit import Register
from tests.integration.builders import Report, Row, report
from tests.integration.facts import (
    BUREAU,
    DISTRICT,
    FIRM_CODE,
    HOUSING,
    MANAGEMENT,
    STREET,
    TOWN,
    UNITS,
    accident,
    activity,
    campaign,
    closed,
    community,
    disaster,
    drill,
    duty,
    enterprise,
    hazard,
    incident,
    inspection,
    officer,
    penalty,
    plan,
    responsibility,
    supply,
    team,
    tip,
    training,
    villages,
)
from tests.integration.registers import register_of

VILLAGE = f"{STREET}001"


def units_of_the_batch() -> Register:
    """The tests' district with the village of which the batch tells."""
    return register_of(*UNITS, VILLAGE, own=villages({VILLAGE: STREET}))


def first_night() -> Sequence[Report]:
    """What comes first; the next night corrects one of them."""
    return [*_accidents(), *_trainings(), *_hazards(), *_enforcement(), *_preparedness(), *_duties()]


def second_night() -> Sequence[Report]:
    """A correction of what was published."""
    one_more = training("2021-02-07", organizer_level="township")
    return [report("training", TOWN, "2021-02", _three_posts(), one_more, version=2)]


def _accidents() -> Sequence[Report]:
    grave = accident(
        "2020-12-09", deaths=3, serious_injuries=1, minor_injuries=2, grade="2",
        received_at="2020-12-09 08:00", entered_at="2020-12-09 20:00",
    )  # fmt: skip
    submitted = accident("2020-12-01", 2, minor_injuries=1, investigation_submitted_on="2021-01-20")
    return [
        report("accident", STREET, "2020-12", grave, submitted),
        report("accident", STREET, "2021-01", accident("2021-01-09"), accident("2020-12-30", minor_injuries=1)),
        report("accident", HOUSING, "2021-01", accident("2021-01-09", reporter_role="industry")),
        report("accident", TOWN, "2021-01"),
        report("incident", MANAGEMENT, "2020-12", incident("2020-12-05", town_code=TOWN)),
        report(
            "incident", STREET, "2021-02",
            incident("2021-02-03"),
            incident("2021-02-04", cause_code="misuse"),
            incident("2021-02-05", incident_type="major_near_miss"),
        ),
    ]  # fmt: skip


def _trainings() -> Sequence[Report]:
    examined = {"exam_due": 40, "examined": 38, "passed": 36}
    register = {
        "officer": [officer(STREET, "2021-01-11"), officer(VILLAGE, "2020-12-12")],
        "community": [community(VILLAGE, "2021-01-18"), community(STREET, None, stage="named")],
    }
    return [
        report(
            "training", BUREAU, "2020-12", training("2020-12-05"), training("2020-12-06"),
            received_at=datetime(2021, 1, 5, tzinfo=UTC),
        ),
        report("training", BUREAU, "2021-02", training("2021-02-05", **examined), training("2021-01-31")),
        report("training", TOWN, "2021-02", _three_posts()),
        report("officer_community", BUREAU, "2021-01", officer(DISTRICT, "2021-01-13")),
        report("officer_community", STREET, "2021-01", tables=register),
    ]  # fmt: skip


def _three_posts() -> Row:
    return training("2021-02-06", organizer_level="township", category="three_posts")


def _hazards() -> Sequence[Report]:
    five = {"measures": "更换管线", "funds_wan": 2.0, "contingency": True, "basis": "判定标准第三条"}
    major = hazard("2021-02-06", 3, level="major", due_on="2021-02-20", supervision_level="district", **five)
    listed = [
        closed(hazard("2021-02-03", due_on="2021-02-28", campaign_code="DJC"), "2021-02-20"),
        hazard("2021-02-05", 2),
        major,
        closed({**hazard("2021-02-07", 4, level="major", due_on="2021-02-27"), **five}, "2021-02-21"),
    ]
    return [report("hazard", STREET, "2021-02", *listed)]


def _enforcement() -> Sequence[Report]:
    visited = inspection(
        check_type="expert", key_window="spring_festival", campaign_code="DJC",
        staff_times=30, documents=5, cases_opened=2, suspended=1, closed_down=1, to_justice=1, expert_times=3,
    )  # fmt: skip
    fined = penalty("2021-02-20", 2, is_accident_penalty=True, accident_no="SG3404042021010901")
    told = tip("2021-02-03", due_on="2021-02-27", closed_on="2021-02-20", finding="confirmed", reward_yuan=500.0)
    return [
        report("inspection", STREET, "2021-02", visited),
        report("penalty", BUREAU, "2021-02", penalty("2021-02-15"), fined),
        report("risk", BUREAU, "2021-02", enterprise(FIRM_CODE, risk_colour="red", points_red=1)),
        report("responsibility_tip", BUREAU, "2021-02", tables={"responsibility": [], "tip": [told]}),
        report("campaign", STREET, "2021-02", campaign()),
    ]


def _preparedness() -> Sequence[Report]:
    filed = plan(
        revised_on="2021-02-01", revision_reason="1", filed_on="2021-02-10", filed_with="区应急管理局",
        valid_until="2024-02-09",
    )  # fmt: skip
    quiz = activity("2021-02-12", tag=["quiz"], online_count=80)
    stock = {"team": [team("1")], "supply": [supply("救生衣", 60.0, quota=50.0, expires_on="2025-01-01")]}
    return [
        report("plan_drill", STREET, "2021-02", tables={"plan": [filed], "drill": [drill("2021-02-18")]}),
        report("publicity", STREET, "2021-02", quiz),
        report("team_supply", STREET, "2021-02", tables=stock),
    ]


def _duties() -> Sequence[Report]:
    flood = disaster("2021-02-09", affected=20, deaths=1, relocated=12)
    fire = disaster("2021-02-13", 2, disaster_type="forest_fire")
    watch = duty(forest_fires=1, burnt_ha=0.5, fire_alarms=1)
    said = {"responsibility": [responsibility(assessed=3)], "tip": []}
    return [
        report("duty_disaster", STREET, "2021-02", tables={"duty": [watch], "disaster": [flood, fire]}),
        report("responsibility_tip", STREET, "2021-02", tables=said),
        report("training", STREET, "2021-01"),
        report("training", STREET, "2021-02"),
        report("publicity", TOWN, "2021-02", errors=["日期不对"]),
    ]
