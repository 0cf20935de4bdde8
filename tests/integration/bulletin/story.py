"""What happened in the district: a few of everything, a silent unit, and a correction after the May bulletin."""

from datetime import date

from tests.integration.builders import report
from tests.integration.facts import (
    BUREAU,
    HOUSING,
    STREET,
    TOWN,
    accident,
    closed,
    hazard,
    incident,
    inspection,
    training,
)
from tests.integration.published import publish_all
from warehouse.engine import Engine

# What a bulletin must not say: names of persons and firms, phones, free text.
NAME, PHONE, FIRM, TEXT = "钱多多", "13912345678", "大力机械厂", "老板钱多多不在场"
MAJOR = {"level": "major", "responsible": NAME, "measures": TEXT, "funds_wan": 3.0, "contingency": False}


def publish_story(engine: Engine) -> None:
    """Two publications: that of the May bulletin, and one in July with a correction of May."""
    may = [hazard("2021-05-04", 1, enterprise_name=FIRM), hazard("2021-05-20", 2, **MAJOR)]
    publish_all(
        engine,
        report("accident", STREET, "2020-05", accident("2020-05-16", deaths=1, industry_section="E")),
        report("accident", STREET, "2020-06"),
        report("accident", STREET, "2021-03", accident("2021-03-09", accident_name=f"{FIRM}事故", cause=TEXT)),
        report("hazard", STREET, "2021-05", *may),
        report("training", BUREAU, "2021-05", training("2021-05-10")),
        day=date(2021, 6, 10),
    )
    june = accident("2021-06-18", deaths=1, minor_injuries=2, industry_section="C", enterprise_name=FIRM)
    publish_all(
        engine,
        report("accident", HOUSING, "2021-06", june),
        report("accident", STREET, "2021-06"),
        report("incident", STREET, "2021-06", incident("2021-06-20", evacuated=30, builder_name=FIRM)),
        report("hazard", STREET, "2021-06", closed(may[0], "2021-06-03"), may[1], hazard("2021-06-07", 3)),
        report("hazard", TOWN, "2021-06", hazard("2021-06-08", 4, town_code=TOWN)),
        report("inspection", STREET, "2021-06", inspection()),
        report("training", BUREAU, "2021-05", training("2021-05-10"), training("2021-05-11", 2), version=2),
        day=date(2021, 7, 13),
    )
