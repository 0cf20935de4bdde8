"""A warehouse with something in every view for dashboards, and a marked text in every sensitive column."""

from collections.abc import Mapping

from tests.integration.builders import Report, Row, report
from tests.integration.facts import (
    DISTRICT,
    HOUSING,
    STREET,
    accident,
    closed,
    hazard,
    incident,
    officer,
    penalty,
    team,
    training,
)

# Where a name or a phone may stand, and what stands there; none of it may come out.
SECRETS: Mapping[str, Mapping[str, str]] = {
    "hazard": {"responsible": "密甲", "verifier": "密乙"},
    "officer": {"name": "密丙", "phone": "13912345671"},
    "team": {"leader": "密丁", "phone": "13912345672"},
    "penalty": {"party_name": "密戊"},
}


def reports() -> tuple[Report, ...]:
    """Reports of March 2020 and March 2021 that fill every view."""
    return (
        report("accident", STREET, "2020-03", accident("2020-03-09")),
        report("accident", STREET, "2021-03", accident("2021-03-09", deaths=1), accident("2021-03-10", 2)),
        report("incident", STREET, "2021-03", incident("2021-03-11")),
        report("hazard", STREET, "2021-03", *_hazards()),
        report("training", STREET, "2021-03", training("2021-03-12")),
        report("penalty", HOUSING, "2021-03", {**penalty("2021-03-15"), **SECRETS["penalty"]}),
        report("team_supply", STREET, "2021-03", tables={"team": [team("1", **SECRETS["team"])]}),
        report(
            "officer_community",
            STREET,
            "2021-03",
            tables={"officer": [officer(DISTRICT, "2021-03-01", **SECRETS["officer"])]},
        ),
    )


def _hazards() -> tuple[Row, ...]:
    said = SECRETS["hazard"]
    return (
        hazard("2021-03-01", 1, level="major", due_on="2021-03-20", **said),
        hazard("2021-03-02", 2, level="major", due_on="2021-04-20", **said),
        {**closed(hazard("2021-03-03", 3), "2021-03-25"), **said},
    )
