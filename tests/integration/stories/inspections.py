"""F03 beside F04 and F05 of the same unit and month."""

from tests.integration.builders import Report, Row, report
from tests.integration.facts import HOUSING, STREET, TOWN, hazard, inspection, penalty
from tests.integration.stories.hazards import ledger
from tests.integration.stories.story import right, wrong

INSPECTED = hazard("2021-03-05", source="inspection"), hazard("2021-03-06", 2, source="expert")


def inspections(*rows: Row, unit: str = STREET, month: str = "2021-03") -> Report:
    return report("inspection", unit, month, *rows)


def penalties(*rows: Row, unit: str = STREET, month: str = "2021-03") -> Report:
    return report("penalty", unit, month, *rows)


def quiet(**said: object) -> Row:
    """Inspections that found nothing."""
    return inspection(**{"hazards_general": 0, "fixed_on_spot": 0, "ordered_to_fix": 0, **said})


STORIES = [
    wrong("W-X05", "the ledger has fewer and comes last", inspections(inspection()), ledger(INSPECTED[0]),
          at=("hazard", None, None)),
    wrong("W-X05", "the figures come last", ledger(*INSPECTED), inspections(quiet()),
          at=("inspection", None, "hazards_general")),
    wrong("W-X05", "both in one night, and the later is asked", [inspections(inspection()), ledger()],
          at=("hazard", None, None)),
    wrong(
        "W-X05", "rows are added up, majors too",
        inspections(inspection(), inspection(sector="fire", hazards_general=0, hazards_major=1)), ledger(*INSPECTED),
        at=("hazard", None, None),
    ),
    right("W-X05", "what inspections found is in the ledger", inspections(inspection()), ledger(*INSPECTED)),
    right(
        "W-X05", "hazards of others, of earlier months or of the enterprise itself do not count",
        [inspections(inspection()), ledger(hazard("2021-03-09", 9, source="inspection"), unit=TOWN)],
        ledger(*INSPECTED, hazard("2021-03-07", 3), hazard("2021-02-07", 4, source="inspection")),
    ),
    right(
        "W-X05", "what a later ledger lists first counts in its month",
        ledger(INSPECTED[0]), ledger(*INSPECTED, month="2021-04"), inspections(inspection()),
    ),
    right("W-X05", "one of the two is not here", inspections(inspection())),
    wrong(
        "W-X06", "penalties and fines differ",
        inspections(inspection(penalties=2, fines_wan=3.0)), penalties(penalty("2021-03-05")),
        at=[("penalty", None, None), ("penalty", None, None)],
    ),
    wrong(
        "W-X06", "the figures come last and leave the fine out",
        penalties(penalty("2021-03-05")), inspections(inspection(penalties=1)),
        at=("inspection", None, "penalties"),
    ),
    right("W-X06", "to a hundredth of 万元", penalties(penalty("2021-03-05", fine_yuan=20_090.0)),
          inspections(inspection(penalties=1, fines_wan=2.0))),
    right(
        "W-X06", "decisions of other units and months do not count",
        penalties(penalty("2021-03-05", 9), unit=HOUSING),
        penalties(penalty("2021-03-05"), penalty("2021-02-05", 2)),
        inspections(inspection(penalties=1, fines_wan=2.0)),
    ),
    right("W-X06", "nothing on both sides", inspections(inspection()), penalties()),
    wrong(
        "W-X07", "a case that F03 does not have", penalties(penalty("2021-03-05")), inspections(inspection()),
        at=("inspection", None, "cases_opened"),
    ),
    wrong(
        "W-X07", "a case of March that was decided in April",
        inspections(inspection()), penalties(penalty("2021-04-08", opened_on="2021-03-25"), month="2021-04"),
        at=("penalty", None, None),
    ),
    right(
        "W-X07", "cases that are not decided yet",
        inspections(inspection(cases_opened=2)), penalties(penalty("2021-03-05")),
    ),
    right(
        "W-X07", "of another unit or another month",
        inspections(inspection()),
        [penalties(penalty("2021-03-05"), unit=HOUSING), penalties(penalty("2021-03-09", 2, opened_on="2021-02-25"))],
    ),
]  # fmt: skip
