"""F06, F07, F08, F11: trainings, activities, drills and disasters beside each other and beside people and plans."""

from tests.integration.builders import Report, Row, report
from tests.integration.facts import (
    BUREAU,
    STREET,
    TOWN,
    UNITS,
    activity,
    disaster,
    drill,
    duty,
    officer,
    plan,
    team,
    training,
)
from tests.integration.registers import register_of
from tests.integration.stories.story import right, row, wrong

JOINT = training(
    "2021-03-09", title="2021年春季安全知识培训", organizer="区应急管理局", co_organizers="区住建局、谢三村街道"
)
SAME = training("2021-03-10", title="2021年春季安全知识培训班", organizer="谢三村街道")


def trainings(*rows: Row, unit: str = BUREAU, month: str = "2021-03", version: int = 1) -> Report:
    return report("training", unit, month, *rows, version=version)


def activities(*rows: Row, unit: str) -> Report:
    return report("publicity", unit, "2021-03", *rows)


def drills(*rows: Row, unit: str = STREET, month: str = "2021-03", plans: tuple[Row, ...] = ()) -> Report:
    unchanged = {} if plans else {"plan": "unchanged"}
    return report(
        "plan_drill", unit, month, tables={**({"plan": plans} if plans else {}), "drill": rows}, states=unchanged
    )


def teams(*rows: Row, unit: str = STREET, month: str = "2021-03") -> Report:
    return report("team_supply", unit, month, *rows)


def officers(*rows: Row, unit: str = STREET, month: str = "2021-03") -> Report:
    return report("officer_community", unit, month, tables={"officer": rows})


def disasters(*rows: Row, month: str = "2021-03", **said: object) -> Report:
    return report("duty_disaster", STREET, month, tables={"duty": [duty(**said)], "disaster": rows})


def everyone_else(but: tuple[str, ...]) -> list[Report]:
    """Zero reports of F06 from all that owe it."""
    owing = {each.unit_code for each in register_of(*UNITS).duties() if each.form == "training"}
    return [trainings(unit=unit) for unit in sorted(owing - set(but))]


FOR_OFFICERS = training("2021-03-12", category="disaster_officer", audience=["disaster_officers"], participants=2)
TRAINED = [officer(STREET, "2021-03-12", name=name) for name in ("甲", "乙", "丙")]
FIRE = disaster("2021-03-20", disaster_type="forest_fire")
NEEDS_REVISION = drill("2021-01-10", needs_revision=True)
STORIES = [
    wrong(
        "W-X03", "a training that a co-organizer reports too",
        trainings(JOINT), trainings(SAME, unit=STREET), at=("training", row(), "title"),
    ),
    wrong(
        "W-X03", "the joint one comes last",
        trainings(SAME, unit=STREET), trainings(JOINT), at=("training", row(), "title"),
    ),
    wrong(
        "W-X03", "an activity that both file under one organizer",
        activities(activity("2021-03-09"), unit=STREET), activities(activity("2021-03-09"), unit=BUREAU),
        at=("publicity", row(), "title"),
    ),
    wrong(
        "W-X03", "a drill that a co-organizer reports too",
        drills(drill("2021-03-09"), plans=(plan(),)),
        drills(drill("2021-03-09", organizer="消防救援大队", co_organizers="谢三村街道"), unit=TOWN, plans=(plan(2),)),
        at=("plan_drill", row(), "drill_name"),
    ),
    right(
        "W-X03", "another title, two days later, or nobody names the other",
        trainings(JOINT),
        trainings({**SAME, "title": "消防知识讲座"}, unit=STREET),
        [trainings({**SAME, "ended_on": "2021-03-11"}, unit=STREET, version=2),
         trainings({**SAME, "organizer": "唐山镇"}, unit=TOWN)],
    ),
    wrong(
        "W-X10", "more officers were trained than took part anywhere",
        [*everyone_else((BUREAU,)), trainings(FOR_OFFICERS)], officers(*TRAINED),
        at=("officer_community", None, "last_trained_on"),
    ),
    wrong(
        "W-X10", "the last F06 of the month comes after the registers",
        [*everyone_else((BUREAU,)), officers(*TRAINED)], trainings(FOR_OFFICERS),
        at=("training", None, "participants"),
    ),
    right("W-X10", "a training may still come", officers(*TRAINED)),
    right(
        "W-X10", "enough took part, and who was trained in another month does not count",
        [*everyone_else((BUREAU,)), trainings(FOR_OFFICERS)],
        officers(*TRAINED[:2], officer(STREET, "2021-02-12", name="丁")),
    ),
    wrong(
        "I-X11", "more people than the teams have",
        teams(team("1")), drills(drill("2021-03-09"), plans=(plan(),)), at=("plan_drill", row(), "participants"),
    ),
    wrong(
        "I-X11", "the teams come last, unchanged since February",
        [teams(team("1"), month="2021-02"), drills(drill("2021-03-09"), plans=(plan(),))],
        report("team_supply", STREET, "2021-03", states={"team": "unchanged"}),
        at=("team_supply", None, None),
    ),
    right(
        "I-X11", "the teams are enough, or the plan is not against floods",
        teams(team("1", part_time=40)),
        drills(drill("2021-03-09"), drill("2021-03-10", 2, plan_no="YA02", participants=400),
               plans=(plan(), plan(2, hazard_type="fire"))),
    ),
    wrong("E-X12", "a fire that the disasters do not have", disasters(forest_fires=1, fire_alarms=1),
          at=("duty_disaster", row(), "forest_fires")),
    wrong("E-X12", "a disaster that the figures do not have", disasters(FIRE),
          at=("duty_disaster", row(), "forest_fires")),
    right(
        "E-X12", "a fire in two stages and two towns is one",
        disasters(FIRE, {**FIRE, "stage": "verified"}, {**FIRE, "town_code": TOWN}, disaster("2021-03-21", 2),
                  forest_fires=1, fire_alarms=1),
    ),
    right("E-X12", "a fire of last month goes on being reported",
          disasters({**FIRE, "stage": "follow_up"}, month="2021-04")),
    wrong("E-F08-04", "a plan that nobody has", drills(drill("2021-03-09", plan_no="YA09"), plans=(plan(),)),
          at=("plan_drill", row(), "plan_no")),
    right(
        "E-F08-04", "the plan of another unit, or of an earlier month",
        drills(plans=(plan(),), unit=BUREAU), drills(plans=(plan(2),), month="2021-02"),
        drills(drill("2021-03-09"), drill("2021-03-10", 2, plan_no="YA02")),
    ),
    wrong(
        "W-F08-05", "six months after the drill the plan is as it was",
        drills(NEEDS_REVISION, plans=(plan(),), month="2021-01"), drills(plans=(plan(2), plan()), month="2021-07"),
        at=("plan_drill", row(2), "revised_on"),
    ),
    wrong(
        "W-F08-05", "the list of plans did not change",
        drills(NEEDS_REVISION, plans=(plan(),), month="2021-01"), drills(month="2021-07"),
        at=("plan_drill", None, "revised_on"),
    ),
    right(
        "W-F08-05", "six months have not passed", drills(NEEDS_REVISION, plans=(plan(),), month="2021-01"),
        drills(plans=(plan(),), month="2021-06"),
    ),
    right(
        "W-F08-05", "it was revised, or the drill asked for nothing",
        drills(NEEDS_REVISION, drill("2021-01-11", 2, plan_no="YA02"), plans=(plan(), plan(2)), month="2021-01"),
        drills(plans=(plan(revised_on="2021-05-01"), plan(2)), month="2021-07"),
    ),
]  # fmt: skip
