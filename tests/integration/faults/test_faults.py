"""A night that meets a fault at any of its steps, and the next one, leave what a night without it leaves."""

from collections.abc import Callable

import pytest

from tests.integration.faults import breaking as b
from tests.integration.faults.breaking import SPOTS
from tests.integration.faults.office import Office, Offices, State
from tests.records import record_fault

Fault = Callable[[Office, b.Spot], str | None]
AT_TABLES = [name for name, spot in SPOTS.items() if spot.table]
AT_FILES = [name for name, spot in SPOTS.items() if spot.event]
WRITING = [name for name, spot in SPOTS.items() if spot.table and spot.mode == b.WRITES]
# The fault, what the page calls it, and where in the night it can be.
FAULTS: dict[Fault, tuple[str, list[str]]] = {
    b.killed: ("kill -9", AT_TABLES),
    b.killed_at_a_file: ("kill -9, between two files", AT_FILES),
    b.without_room: ("disk full", ["collect", "return", "audit", "bulletin"]),
    b.database_without_room: ("disk of the database full", WRITING),
    b.cut: ("connection cut", AT_TABLES),
    b.cut_at_a_file: ("connection cut, between two files", ["audit", "return", "bulletin"]),
    b.read_only: ("database read-only", [*SPOTS]),
    b.slow: ("slow answer", AT_TABLES),
    b.too_slow: ("statement_timeout", AT_TABLES),
    b.not_serializable: ("serialization failure", WRITING),
    b.deadlock: ("deadlock", ["load", "swap"]),
    b.without_source: ("inbox gone half-way", ["collect"]),
}
CASES = [
    pytest.param(fault, name, id=f"{title} - {name}", marks=pytest.mark.slow)
    for fault, (title, names) in FAULTS.items()
    for name in names
]
# The night itself tries again, or waits: nobody has to do anything, and nothing is late.
PASSING = {b.cut, b.cut_at_a_file, b.slow, b.not_serializable, b.deadlock}


@pytest.fixture(scope="module")
def unharmed(past: Offices) -> State:
    """What a night leaves that meets no fault."""
    with past.copy() as office:
        assert office.night() is None
        return office.state()


@pytest.mark.parametrize(("fault", "name"), CASES)
def test_after_a_fault_and_another_night_all_is_as_if_there_had_been_none(
    fault: Fault, name: str, past: Offices, unharmed: State
) -> None:
    with past.copy() as office:
        failure = fault(office, SPOTS[name])
        itself = office.state() if failure is None else None
        assert office.night() is None
        found = office.state()

    record_fault(name, FAULTS[fault][0], found.files, unharmed.files, healed=itself == unharmed)
    assert found == unharmed
    assert itself == unharmed or fault not in PASSING
