"""Snapshots from month to month: F09, F13, and reports that nothing changed."""

from tests.integration.builders import Report, Row, report
from tests.integration.facts import BUREAU, FIRM_CODE, STREET, TOWN, enterprise, supply, team
from tests.integration.stories.hazards import risks
from tests.integration.stories.story import right, row, wrong


def stocks(*rows: Row, month: str, unit: str = STREET) -> Report:
    return report("team_supply", unit, month, tables={"team": [team("1")], "supply": rows})


def unchanged(month: str, unit: str = STREET) -> Report:
    return report("team_supply", unit, month, states={"team": "unchanged", "supply": "unchanged"})


def coloured(colour: str, month: str) -> Report:
    return risks(enterprise(FIRM_CODE, risk_colour=colour), month=month)


STORIES = [
    wrong("E-COV-22", "nothing was ever sent", unchanged("2021-03"), at=("team_supply", None, None)),
    wrong(
        "E-COV-22", "what others sent, or what is sent of a later month, is no snapshot",
        [stocks(month="2021-02", unit=TOWN), stocks(month="2021-04")], unchanged("2021-03"),
        at=("team_supply", None, None),
    ),
    wrong(
        "E-COV-22", "the list of plans was never sent, only drills",
        report("plan_drill", STREET, "2021-03", tables={"drill": []}, states={"plan": "unchanged"}),
        at=("plan_drill", None, None),
    ),
    right("E-COV-22", "a snapshot of an earlier month", stocks(supply("铁锹", 9), month="2021-01"),
          unchanged("2021-02"), unchanged("2021-03")),
    right("E-COV-22", "supplies were never sent and still are not",
          report("team_supply", STREET, "2021-02", team("1")), unchanged("2021-03")),
    wrong(
        "E-F09-04", "the unit of measure is another one",
        stocks(supply("铁锹", 90), month="2021-02"), unchanged("2021-03"),
        stocks(supply("绳索", 5), supply("铁锹", 9, unit_of_measure="捆"), month="2021-04"),
        at=("team_supply", row(2), "unit_of_measure"),
    ),
    right(
        "E-F09-04", "other supplies, another specification or another unit's",
        [stocks(supply("铁锹", 90), month="2021-02"),
         stocks(supply("绳索", 5, unit_of_measure="捆"), month="2021-02", unit=TOWN)],
        stocks(
            supply("铁锹", 90), supply("铁锹", 9, unit_of_measure="捆", spec="大号"), supply("绳索", 5), month="2021-03"
        ),
    ),
    wrong(
        "W-F09-07", "more than half is gone",
        stocks(supply("铁锹", 100), month="2021-02"), stocks(supply("铁锹", 49), month="2021-03"),
        at=("team_supply", row(), "stock"),
    ),
    right(
        "W-F09-07", "half is gone, or it was nothing before",
        stocks(supply("铁锹", 100), supply("绳索", 0), month="2021-02"),
        stocks(supply("铁锹", 50), supply("绳索", 30), supply("沙袋", 900), month="2021-03"),
    ),
    wrong(
        "W-F13-03", "red becomes yellow at once", coloured("red", "2021-02"), coloured("yellow", "2021-03"),
        at=("risk", row(), "risk_colour"),
    ),
    wrong(
        "W-F13-03", "orange becomes blue after a month without a change",
        coloured("orange", "2021-01"), report("risk", BUREAU, "2021-02", states={"risk": "unchanged"}),
        coloured("blue", "2021-03"), at=("risk", row(), "risk_colour"),
    ),
    right(
        "W-F13-03", "step by step, and as far as it likes for the worse",
        coloured("red", "2021-01"), coloured("orange", "2021-02"), coloured("yellow", "2021-03"),
        coloured("red", "2021-04"),
    ),
]  # fmt: skip
