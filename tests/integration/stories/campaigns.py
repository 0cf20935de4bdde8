"""F14 from month to month, and its control totals beside F03 and F05."""

from tests.integration.builders import Report, Row, report
from tests.integration.facts import STREET, TOWN, campaign, closed, hazard, inspection
from tests.integration.stories.hazards import ledger
from tests.integration.stories.inspections import inspections
from tests.integration.stories.story import right, row, wrong


def campaigns(*rows: Row, month: str = "2021-03", unit: str = STREET) -> Report:
    return report("campaign", unit, month, *rows)


OF_DJC = inspections(
    inspection(campaign_code="DJC", visits=10), inspection(campaign_code="DJC", sector="fire", visits=4)
)
FOUND = ledger(
    hazard("2021-03-05", campaign_code="DJC"), closed(hazard("2021-03-06", 2, campaign_code="DJC"), "2021-03-20"),
    hazard("2021-03-07", 3), closed(hazard("2021-02-06", 4, campaign_code="DJC"), "2021-03-21"),
)  # fmt: skip
STORIES = [
    wrong(
        "E-F14-03", "fewer measures are done than before",
        campaigns(campaign(measures_done=12), month="2021-01"), campaigns(campaign("FBY"), campaign(measures_done=11)),
        at=("campaign", row(2), "measures_done"),
    ),
    right(
        "E-F14-03", "more, as many, of another campaign, sub-plan or unit",
        [campaigns(campaign(measures_done=12), month="2021-01"),
         campaigns(campaign("FBY", measures_done=9), unit=TOWN)],
        campaigns(campaign(measures_done=12), campaign("FBY", measures_done=1),
                  campaign(subplan_code="总方案", measures_done=1)),
        campaigns(campaign(measures_done=13), month="2021-04"),
    ),
    wrong(
        "W-F14-04", "visits that F03 does not have", OF_DJC, campaigns(campaign(ctl_visits=15)),
        at=("campaign", row(), "ctl_visits"),
    ),
    wrong("W-F14-04", "F03 comes last", campaigns(campaign(ctl_visits=15)), OF_DJC, at=("inspection", None, None)),
    wrong(
        "W-F14-04", "hazards found and rectified that F05 does not have",
        FOUND, campaigns(campaign(ctl_hazards=3, ctl_fixed=1)),
        at=[("campaign", row(), "ctl_fixed"), ("campaign", row(), "ctl_hazards")],
    ),
    wrong("W-F14-04", "F05 comes last", campaigns(campaign(ctl_hazards=3)), FOUND, at=("hazard", None, None)),
    right(
        "W-F14-04", "the totals agree, or are left blank",
        [OF_DJC, FOUND], campaigns(campaign(ctl_visits=14, ctl_hazards=2, ctl_fixed=2), campaign("FBY")),
    ),
    right("W-F14-04", "F03 and F05 of another month or unit", [OF_DJC, FOUND],
          [campaigns(campaign(ctl_visits=1), month="2021-04"), campaigns(campaign(ctl_hazards=9), unit=TOWN)]),
    wrong(
        "W-F14-06", "three months without measures",
        *(campaigns(campaign(measures_total=0, measures_done=0), month=month)
          for month in ("2021-01", "2021-02", "2021-03")),
        at=("campaign", row(), "measures_total"),
    ),
    right(
        "W-F14-06", "one of the three had some",
        *(campaigns(campaign(measures_total=total, measures_done=0), month=month)
          for month, total in (("2021-01", 0), ("2021-02", 5), ("2021-03", 0), ("2021-04", 0))),
    ),
]  # fmt: skip
