"""From month to month: holes, leaps, copies, zeros in a row, and figures that only grow."""

from tests.integration.builders import Report, report
from tests.integration.facts import BUREAU, STREET, closed, hazard, inspection, responsibility, training
from tests.integration.stories.hazards import ledger
from tests.integration.stories.inspections import inspections
from tests.integration.stories.story import right, row, wrong


def trainings(month: str, unit: str = BUREAU) -> Report:
    return report("training", unit, month, training(f"{month}-09"))


def letters(signed: int, month: str) -> Report:
    return report("responsibility_tip", STREET, month, responsibility(signed))


def visits(number: int, month: str) -> Report:
    return inspections(inspection(visits=number), month=month)


USUAL = [visits(number, month) for month, number in (("2021-01", 10), ("2021-02", 12), ("2021-03", 11))]
STORIES = [
    wrong("W-P02", "a month is missing", trainings("2021-01"), trainings("2021-03"), at=("training", None, None)),
    wrong("W-P02", "five months are missing", trainings("2020-09"), trainings("2021-03"), at=("training", None, None)),
    right("W-P02", "no month is missing", trainings("2021-02"), trainings("2021-03")),
    right("W-P02", "the first report, and the first after half a year", trainings("2020-08"), trainings("2021-03")),
    right("W-P02", "both months come in one night", trainings("2021-01"), [trainings("2021-03"), trainings("2021-02")]),
    right(
        "W-P02", "the form is not owed",
        trainings("2021-01", unit="340404D19"), trainings("2021-03", unit="340404D19"),
    ),
    wrong("W-P03", "six times as many visits", *USUAL, visits(66, "2021-04"), at=("inspection", None, "visits")),
    right("W-P03", "five times as many", *USUAL, visits(55, "2021-04")),
    right("W-P03", "two months say nothing of what is usual", *USUAL[:2], visits(500, "2021-03")),
    right(
        "W-P03", "small numbers may leap",
        *(inspections(inspection(documents=number), month=month)
          for month, number in (("2021-01", 0), ("2021-02", 1), ("2021-03", 1), ("2021-04", 11))),
    ),
    wrong("W-P04", "the file of last month", visits(10, "2021-02"), visits(10, "2021-03"),
          at=("inspection", None, None)),
    right("W-P04", "one figure is another", visits(10, "2021-02"), visits(11, "2021-03")),
    right(
        "W-P04", "nothing twice",
        *(report("duty_disaster", STREET, month, dict.fromkeys(("duty_due", "patrols"), 0))
          for month in ("2021-02", "2021-03")),
    ),
    wrong(
        "W-P07", "three months without a hazard",
        ledger(month="2021-01"), ledger(month="2021-02"), ledger(month="2021-03"), at=("hazard", None, None),
    ),
    wrong(
        "W-P07", "the middle one comes last",
        ledger(month="2021-01"), ledger(month="2021-03"), ledger(month="2021-02"), at=("hazard", None, None),
    ),
    right(
        "W-P07", "one of the three had a hazard",
        ledger(month="2021-01"), ledger(closed(hazard("2021-02-05"), "2021-02-06"), month="2021-02"),
        ledger(month="2021-03"), ledger(month="2021-04"),
    ),
    wrong(
        "E-F12-02", "letters that were signed are gone", letters(25, "2021-01"), letters(20, "2021-03"),
        at=("responsibility_tip", row(), "letters_signed"),
    ),
    wrong(
        "E-F12-02", "an earlier month comes later and has more", letters(20, "2021-03"), letters(25, "2021-02"),
        at=("responsibility_tip", row(), "letters_signed"),
    ),
    right(
        "E-F12-02", "they grow, stay, and begin anew in January",
        letters(25, "2020-12"), letters(3, "2021-01"), letters(3, "2021-02"), letters(9, "2021-03"),
    ),
]  # fmt: skip
