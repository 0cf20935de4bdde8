"""F05 in itself and from month to month, and with F12B and F13."""

from tests.integration.builders import Report, Row, report
from tests.integration.facts import (
    BUREAU,
    FIRM_CODE,
    HOUSING,
    STREET,
    accident,
    closed,
    enterprise,
    hazard,
    penalty,
    responsibility,
    tip,
)
from tests.integration.stories.accidents import accidents, penalties
from tests.integration.stories.story import right, row, wrong

FIRST = hazard("2021-03-05")
OTHER_CODE = "91340404MA2000008Y"


def ledger(*rows: Row, unit: str = STREET, month: str = "2021-03", version: int = 1) -> Report:
    return report("hazard", unit, month, *rows, version=version)


def tips(*rows: Row, unit: str = STREET, month: str = "2021-03") -> Report:
    return report("responsibility_tip", unit, month, tables={"responsibility": [responsibility()], "tip": rows})


def risks(*rows: Row, month: str = "2021-03") -> Report:
    return report("risk", BUREAU, month, *rows)


TIPPED = hazard("2021-03-05", source="tip")
KNOWN_FIRM = enterprise(FIRM_CODE, enterprise_name="淮南某机械厂")
STORIES = [
    wrong(
        "E-F05-01", "another unit uses the number for another hazard",
        ledger(FIRST), ledger({**FIRST, "enterprise_name": "某超市", "uscc": OTHER_CODE}, unit=HOUSING),
        at=("hazard", row(), "hazard_no"),
    ),
    wrong(
        "E-F05-01", "two units of one night: the later one has to change it",
        [ledger(FIRST), ledger(hazard("2021-03-06", hazard_no=FIRST["hazard_no"]), unit=HOUSING)],
        at=("hazard", row(), "hazard_no"),
    ),
    right("E-F05-01", "the unit lists it again while it is open", ledger(FIRST), ledger(FIRST, month="2021-04")),
    right("E-F05-01", "town and department list one hazard", ledger(FIRST), ledger(FIRST, unit=HOUSING)),
    wrong(
        "W-F05-01", "town and department list one hazard", ledger(FIRST), ledger(FIRST, unit=HOUSING),
        at=("hazard", row(), "hazard_no"),
    ),
    right("W-F05-01", "every hazard is one unit's", ledger(FIRST), ledger(hazard("2021-03-05", 2), unit=HOUSING)),
    wrong(
        "W-F05-08", "the description of another hazard of the enterprise, copied",
        ledger(FIRST), ledger(hazard("2021-04-04", 2, description=FIRST["description"]), unit=HOUSING, month="2021-04"),
        at=("hazard", row(), "description"),
    ),
    right(
        "W-F05-08", "31 days later, another enterprise, or the same hazard again",
        ledger(FIRST),
        ledger(
            FIRST,
            hazard("2021-04-05", 2, description=FIRST["description"]),
            hazard("2021-04-04", 3, description=FIRST["description"], enterprise_name="某超市"),
            month="2021-04",
        ),
    ),
    wrong(
        "E-F05-12", "an open hazard is gone",
        ledger(FIRST, hazard("2021-03-06", 2)), ledger(FIRST, month="2021-04"),
        at=("hazard", None, "hazard_no"),
    ),
    wrong(
        "E-F05-12", "a zero report while something is open", ledger(FIRST), ledger(month="2021-04"),
        at=("hazard", None, "hazard_no"),
    ),
    right(
        "E-F05-12", "what was closed may go, what was open is listed as closed",
        ledger(closed(FIRST, "2021-03-20"), hazard("2021-03-06", 2)),
        ledger(closed(hazard("2021-03-06", 2), "2021-04-06"), month="2021-04"),
    ),
    right("E-F05-12", "a month that nobody knows comes between", ledger(FIRST), ledger(month="2021-05")),
    right("E-F05-12", "a zero report when all is closed", ledger(closed(FIRST, "2021-03-20")), ledger(month="2021-04")),
    wrong(
        "E-F05-13", "a major hazard becomes a general one without a word",
        ledger({**FIRST, "level": "major", "basis": "判定标准第三条"}), ledger(FIRST, month="2021-04"),
        at=("hazard", row(), "level"),
    ),
    right(
        "E-F05-13", "it becomes a general one with a basis, and a general one a major one",
        ledger({**FIRST, "level": "major", "basis": "判定标准第三条"}, hazard("2021-03-06", 2)),
        ledger({**FIRST, "basis": "专家复核"}, hazard("2021-03-06", 2, level="major", basis="标准"), month="2021-04"),
    ),
    wrong(
        "E-F05-14", "a closed hazard is opened again",
        ledger(closed(FIRST, "2021-03-20")), ledger(FIRST, month="2021-04"),
        at=("hazard", row(), "status"),
    ),
    wrong(
        "E-F05-14", "the earlier month arrives later and had closed it",
        ledger(FIRST, month="2021-04"), ledger(closed(FIRST, "2021-03-20")),
        at=("hazard", row(), "status"),
    ),
    right(
        "E-F05-14", "it goes from open to closed and stays so",
        ledger(FIRST), ledger(closed(FIRST, "2021-04-20"), month="2021-04"),
        ledger(closed(FIRST, "2021-04-20"), month="2021-05"),
    ),
    right(
        "E-F05-14", "a correction of the same month may say that it was not closed",
        ledger(closed(FIRST, "2021-03-20")), ledger(FIRST, version=2),
    ),
    wrong("W-X09", "no tip leads to the hazard", tips(), ledger(TIPPED), at=("hazard", row(), "hazard_no")),
    wrong("W-X09", "the tips come last", ledger(TIPPED), tips(), at=("responsibility_tip", None, "hazard_no")),
    right("W-X09", "a tip names it", ledger(TIPPED), tips(tip("2021-03-02", hazard_no=TIPPED["hazard_no"]))),
    right("W-X09", "the tips of the month have not come", ledger(TIPPED)),
    right("W-X09", "asked once, not again while it is open", [ledger(TIPPED), tips()],
          [ledger(TIPPED, month="2021-04"), tips(month="2021-04")]),
    wrong("W-X15", "the code of an enterprise under another name", risks(KNOWN_FIRM), ledger(FIRST),
          at=("hazard", row(), "uscc")),
    wrong(
        "W-X15", "the accident of an enterprise under another name",
        risks(KNOWN_FIRM), accidents(accident("2021-03-09", uscc=FIRM_CODE)),
        at=("accident", row(), "uscc"),
    ),
    wrong(
        "W-X15", "the penalty of an enterprise under another name",
        risks(KNOWN_FIRM), penalties(penalty("2021-06-10")), at=("penalty", row(), "uscc"),
    ),
    right("W-X15", "the name but for its brackets", risks(enterprise(FIRM_CODE, enterprise_name="某机械厂（谢家集）")),
          ledger({**FIRST, "enterprise_name": "某机械厂(谢家集)"})),
    right("W-X15", "a name that it had before", risks(enterprise(FIRM_CODE), month="2021-02"), risks(KNOWN_FIRM),
          ledger(FIRST)),
    right("W-X15", "an enterprise that the list does not have", risks(enterprise(OTHER_CODE)), ledger(FIRST)),
]  # fmt: skip
