"""F01, and what refers to it: F02, F04, F11B."""

from tests.integration.builders import Report, Row, report
from tests.integration.facts import (
    BUREAU,
    FIRM_CODE,
    HOUSING,
    MANAGEMENT,
    STREET,
    TOWN,
    accident,
    disaster,
    duty,
    incident,
    penalty,
)
from tests.integration.stories.story import right, row, wrong

DAY = "2021-03-09"


def accidents(*rows: Row, unit: str = STREET, month: str = "2021-03", version: int = 1) -> Report:
    return report("accident", unit, month, *rows, version=version)


def by_industry(*rows: Row) -> Report:
    return accidents(*({**each, "reporter_role": "industry"} for each in rows), unit=HOUSING)


def disasters(*rows: Row) -> Report:
    return report("duty_disaster", STREET, "2021-03", tables={"duty": [duty()], "disaster": rows})


def incidents(*rows: Row, unit: str = STREET) -> Report:
    return report("incident", unit, "2021-03", *rows)


def penalties(*rows: Row, unit: str = BUREAU, month: str = "2021-06", version: int = 1) -> Report:
    return report("penalty", unit, month, *rows, version=version)


def after_accident(day: str, **said: object) -> Row:
    said = {"is_accident_penalty": True, "accident_no": f"SG340404{day.replace('-', '')}01", **said}
    return {**penalty("2021-06-10"), **said}


DEADLY = accident(DAY, deaths=1)
OTHER_NUMBER = accident(DAY, 2, occurred_at=f"{DAY} 08:00", uscc=FIRM_CODE, enterprise_name="甲")
ESCALATED = incident(DAY, has_casualty=True, escalated_accident_no="SG3404042021030901")
STORIES = [
    wrong(
        "W-X01", "one accident under two numbers from town and department",
        accidents(accident(DAY, uscc=FIRM_CODE)), accidents(OTHER_NUMBER, unit=HOUSING),
        at=("accident", row(), "accident_no"),
    ),
    wrong(
        "W-X01", "one accident by the likeness of the enterprise, a day apart",
        accidents(accident(DAY, enterprise_name="淮南市谢家集区示例早点铺")),
        accidents(accident("2021-03-10", enterprise_name="谢家集区示例早点铺"), unit=HOUSING),
        at=("accident", row(), "accident_no"),
    ),
    right(
        "W-X01", "the same number is the same accident",
        accidents(accident(DAY, uscc=FIRM_CODE)), by_industry(accident(DAY, uscc=FIRM_CODE)),
    ),
    right(
        "W-X01", "two enterprises have two accidents",
        accidents(accident(DAY, enterprise_name="早点铺"), accident(DAY, 2, enterprise_name="建筑工地")),
    ),
    right(
        "W-X01", "the same enterprise in another town or on another day",
        accidents(accident(DAY, uscc=FIRM_CODE)),
        [accidents({**OTHER_NUMBER, "town_code": TOWN}, unit=TOWN),
         accidents(accident("2021-03-12", uscc=FIRM_CODE), unit=HOUSING)],
    ),
    wrong(
        "W-X02", "town and department differ in injuries",
        accidents(accident(DAY)), by_industry(accident(DAY, minor_injuries=1)),
        at=("accident", row(), "deaths"),
    ),
    wrong(
        "W-X02", "both come in one night, and the later is asked",
        [by_industry(accident(DAY, grade="1")), accidents(accident("2021-03-08"), accident(DAY, grade="2"))],
        at=("accident", row(2), "deaths"),
    ),
    right("W-X02", "town and department agree", accidents(accident(DAY)), by_industry(accident(DAY))),
    right(
        "W-X02", "what the other said first and mended does not count",
        accidents(accident(DAY, deaths=1)), accidents(accident(DAY), version=2), by_industry(accident(DAY)),
    ),
    wrong(
        "E-X04", "a death in the accident and in the flood of the same day",
        accidents(DEADLY), disasters(disaster(DAY, deaths=1)),
        at=("duty_disaster", row(), "deaths"),
    ),
    wrong(
        "E-X04", "the accident comes later",
        disasters(disaster(DAY, deaths=1)), accidents(DEADLY),
        at=("accident", row(), "deaths"),
    ),
    right(
        "E-X04", "the accident was struck off as a natural disaster",
        accidents({**DEADLY, "stage": "cancelled", "cancel_basis": "disaster"}), disasters(disaster(DAY, deaths=1)),
    ),
    right(
        "E-X04", "a flood elsewhere or without deaths",
        accidents(DEADLY), disasters(disaster(DAY, deaths=1, town_code=TOWN), disaster(DAY, 2)),
    ),
    wrong(
        "E-X08", "an incident that became an accident nobody reported",
        incidents(ESCALATED),
        at=("incident", row(), "escalated_accident_no"),
    ),
    wrong(
        "E-X08", "the accident is of another town",
        accidents(accident(DAY, town_code=TOWN), unit=TOWN), incidents(ESCALATED),
        at=("incident", row(), "escalated_accident_no"),
    ),
    right("E-X08", "the accident comes in the same night", [incidents(ESCALATED), accidents(accident(DAY))]),
    right(
        "E-X08", "the accident began a day later, after midnight",
        accidents(accident(DAY, occurred_at="2021-03-10 00:10")), incidents(ESCALATED),
    ),
    right("E-X08", "an incident that became nothing", incidents(incident(DAY))),
    wrong(
        "E-F01-09", "a flash report after the verified one",
        accidents(accident(DAY, stage="verified")), accidents(accident(DAY), month="2021-04"),
        at=("accident", row(), "stage"),
    ),
    wrong(
        "E-F01-09", "the earlier month arrives later and says more",
        accidents(accident(DAY), month="2021-04"), accidents(accident(DAY, stage="closed")),
        at=("accident", row(), "stage"),
    ),
    right(
        "E-F01-09", "stages follow each other",
        *(accidents(accident(DAY, stage=stage), month=month)
          for stage, month in (("flash", "2021-03"), ("follow_up", "2021-04"), ("closed", "2021-06"))),
    ),
    right(
        "E-F01-09", "each unit has stages of its own, and a correction may take one back",
        [accidents(accident(DAY, stage="verified")), by_industry(accident(DAY))],
        accidents(accident(DAY), version=2),
    ),
    wrong(
        "W-F01-10", "a death on the 31st day",
        accidents(accident(DAY)),
        accidents(accident(DAY, deaths=1, stage="follow_up", entered_at="2021-04-09 01:00"), month="2021-04"),
        at=("accident", row(), "deaths"),
    ),
    wrong(
        "W-F01-10", "a correction of the same month, eight days after an accident on the road",
        accidents(accident(DAY, sector="road_transport", serious_injuries=1)),
        accidents(accident(DAY, sector="road_transport", deaths=1, entered_at="2021-03-17 09:00"), version=2),
        at=("accident", row(), "deaths"),
    ),
    right(
        "W-F01-10", "a death on the 30th day",
        accidents(accident(DAY)),
        accidents(accident(DAY, deaths=1, stage="follow_up", entered_at="2021-04-08 23:00"), month="2021-04"),
    ),
    right(
        "W-F01-10", "closed later with the same figures",
        accidents(accident(DAY, deaths=1)),
        accidents(accident(DAY, deaths=1, stage="closed", entered_at="2021-06-08 23:00"), month="2021-06"),
    ),
    wrong(
        "W-F02-06", "two units report leaks of one town within two hours",
        incidents(incident(DAY)), incidents(incident(DAY, 2, occurred_at=f"{DAY} 12:00"), unit=MANAGEMENT),
        at=("incident", row(), "incident_no"),
    ),
    right(
        "W-F02-06", "one number, another town, another kind, three hours later",
        incidents(incident(DAY)),
        incidents(
            incident(DAY), incident(DAY, 2, town_code=TOWN), incident(DAY, 3, incident_type="collapse"),
            incident(DAY, 4, occurred_at=f"{DAY} 13:00"), unit=MANAGEMENT,
        ),
    ),
    wrong(
        "E-F04-01", "another unit lists the decision",
        penalties(penalty("2021-06-10")), penalties(penalty("2021-06-10"), unit=HOUSING),
        at=("penalty", row(), "decision_no"),
    ),
    wrong(
        "E-F04-01", "the unit lists it again in a later month",
        penalties(penalty("2021-06-10"), month="2021-06"), penalties(penalty("2021-06-10"), month="2021-07"),
        at=("penalty", row(), "decision_no"),
    ),
    right(
        "E-F04-01", "the same month is sent again",
        penalties(penalty("2021-06-10")), penalties(penalty("2021-06-10", enforced="enforced"), version=2),
    ),
    wrong("E-F04-04", "an accident nobody reported", penalties(after_accident(DAY)),
          at=("penalty", row(), "accident_no")),
    right("E-F04-04", "the accident is known", accidents(accident(DAY)), penalties(after_accident(DAY))),
    right("E-F04-04", "a penalty without an accident", penalties(penalty("2021-06-10"))),
    wrong(
        "W-F04-05", "less than the law of 2014 has",
        accidents(accident(DAY)), penalties(after_accident(DAY, fine_yuan=190_000.0)),
        at=("penalty", row(), "fine_yuan"),
    ),
    wrong(
        "W-F04-05", "what was right under the old law, after an accident under the new one",
        accidents(accident("2021-09-01"), month="2021-09"),
        penalties(after_accident("2021-09-01", fine_yuan=250_000.0), month="2021-10"),
        at=("penalty", row(), "fine_yuan"),
    ),
    right(
        "W-F04-05", "both ends of the range, by the grade that the accident has now",
        [accidents(accident(DAY), accident("2021-03-10", deaths=3, grade="2"))],
        penalties(after_accident(DAY, fine_yuan=200_000.0),
                  after_accident("2021-03-10", fine_yuan=1_000_000.0, decision_no="又一号")),
    ),
    right(
        "W-F04-05", "a person is not fined as an enterprise",
        accidents(accident(DAY)), penalties(after_accident(DAY, fine_yuan=30_000.0, uscc=None)),
    ),
]  # fmt: skip
