"""Six months of a bureau: reports, corrections, withdrawals, a merge of two townships, a closed month."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from hypothesis import strategies as st

from tests.integration.facts import BUREAU, HOUSING, STREET, TOWN
from tests.integration.model_events import (
    Accident,
    Arrive,
    Close,
    Event,
    Merge,
    Publish,
    Release,
    Reopen,
    Sent,
    Training,
    Withdraw,
)

OLD_TOWN = "340404200"
UNITS = (BUREAU, HOUSING, STREET, TOWN, OLD_TOWN)
FURTHEST = 9


def month(text: str) -> date:
    """The first day of 2021-03."""
    return date.fromisoformat(f"{text}-01")


def trainings(unit: str, of: str, count: int, version: int = 1, *more: Training) -> Sent:
    """A report of so many trainings that ended in its month, and of others."""
    held = (Training(f"{of}-{number}", month(of).replace(day=number), unit == BUREAU) for number in range(1, count + 1))
    return Sent("training", unit, month(of), (*held, *more), version)


def accidents(unit: str, of: str, *rows: Accident, version: int = 1) -> Sent:
    return Sent("accident", unit, month(of), rows, version)


def last_year() -> Arrive:
    """What the months of 2021 are compared with."""
    months = [(place, f"2020-{place:02d}") for place in range(1, 7)]
    reports = (trainings(unit, of, 1 + place % 3) for unit in (BUREAU, TOWN, OLD_TOWN) for place, of in months)
    blast = accidents(OLD_TOWN, "2020-05", _accident("2020-05-03", OLD_TOWN, deaths=2))
    fire = accidents(STREET, "2020-03", _accident("2020-03-07", STREET, injured=3), _accident("2020-02-27", STREET))
    return Arrive((*reports, blast, fire))


def _accident(on: str, town: str, *, deaths: int = 0, injured: int = 0, by_industry: bool = False) -> Accident:
    """An accident that was entered on its day."""
    day = date.fromisoformat(on)
    number = f"SG340404{on.replace('-', '')}01"
    return Accident(number, day, town, day, deaths=deaths, injured=injured, by_industry=by_industry)


def _gas(entered_on: str, stage: int = 0, deaths: int = 0, injured: int = 0) -> Accident:
    """A gas explosion in the street, of which casualties count that are reported by 22 March."""
    blast = _accident("2021-02-20", STREET, deaths=deaths, injured=injured)
    return replace(blast, stage=stage, entered_on=date.fromisoformat(entered_on))


def _crash(entered_on: str, stage: int, deaths: int) -> Accident:
    """A crash on the road, of which deaths count that are reported by 12 March."""
    crash = _accident("2021-03-05", TOWN, deaths=deaths, by_industry=True)
    return replace(crash, stage=stage, entered_on=date.fromisoformat(entered_on), sector="road_transport")


JANUARY: Sequence[Event] = (
    Arrive((trainings(BUREAU, "2021-01", 2), trainings(STREET, "2021-01", 1), trainings(OLD_TOWN, "2021-01", 2))),
    Arrive((trainings(TOWN, "2021-01", 3), accidents(STREET, "2021-01"))),
    Publish(),
    Arrive((trainings(BUREAU, "2021-01", 4, 2),)),
    Arrive((trainings(STREET, "2021-01", 1),)),
    Publish(),
)
FEBRUARY: Sequence[Event] = (
    Arrive((trainings(TOWN, "2021-02", 1), trainings(STREET, "2021-02", 2), trainings(OLD_TOWN, "2021-02", 1))),
    Arrive((accidents(STREET, "2021-02", _gas("2021-02-20", injured=2)),)),
    Publish(),
    Arrive((trainings(TOWN, "2021-02", 2),)),
    Arrive((trainings(TOWN, "2021-02", 4, 3),)),
    Arrive((trainings(TOWN, "2021-02", 3, 2),)),
    Withdraw("training", STREET, month("2021-02")),
    Close(month("2021-01")),
    Publish(),
)
MARCH: Sequence[Event] = (
    Arrive((trainings(BUREAU, "2021-03", 3, 1, Training("2021-02-9", date(2021, 2, 9), by_district=True)),)),
    Arrive((trainings(OLD_TOWN, "2021-03", 2), trainings(TOWN, "2021-03", 1), trainings(STREET, "2021-03", 1))),
    Arrive((accidents(STREET, "2021-03", _gas("2021-03-10", injured=1, deaths=1, stage=1)),)),
    Arrive((accidents(HOUSING, "2021-03", _crash("2021-03-05", deaths=0, stage=0)),)),
    Arrive((trainings(STREET, "2021-02", 3),)),
    Arrive((trainings(STREET, "2021-01", 5, 2),)),
    Publish(),
    Arrive((accidents(STREET, "2021-03", _gas("2021-03-11", injured=0, deaths=2, stage=1), version=2),)),
    Arrive((trainings(BUREAU, "2020-02", 5, 2),)),
    Reopen(month("2021-01")),
    Publish(),
)
APRIL: Sequence[Event] = (
    Arrive((trainings(OLD_TOWN, "2021-03", 3, 2),)),
    Close(month("2021-03")),
    Merge(OLD_TOWN, TOWN, month("2021-04")),
    Arrive((accidents(HOUSING, "2021-04", _crash("2021-04-02", deaths=1, stage=1)),)),
    Publish(),
    Arrive((trainings(TOWN, "2021-03", 2, 2),)),
    Arrive((trainings(STREET, "2021-03", 2, 2),)),
    Arrive((trainings(TOWN, "2021-04", 4), trainings(BUREAU, "2021-04", 1))),
    Publish(),
)
MAY: Sequence[Event] = (
    Arrive((accidents(STREET, "2021-04", _gas("2021-04-10", injured=0, deaths=3, stage=2)),)),
    Arrive((trainings(TOWN, "2021-03", 3, 3),)),
    Release(month("2021-03"), "training", STREET),
    Publish(),
    Withdraw("accident", HOUSING, month("2021-04")),
    Arrive((accidents(TOWN, "2021-05", _accident("2021-05-04", TOWN, deaths=1)),)),
    Arrive((accidents(HOUSING, "2021-05", _accident("2021-05-04", TOWN, deaths=2, injured=1, by_industry=True)),)),
    Arrive((trainings(BUREAU, "2021-05", 2), trainings(TOWN, "2021-05", 2))),
    Publish(),
)
JUNE: Sequence[Event] = (
    Arrive((trainings(BUREAU, "2021-05", 2, 2), trainings(TOWN, "2021-06", 1), trainings(BUREAU, "2021-06", 6))),
    Arrive((accidents(HOUSING, "2021-06", _crash("2021-06-02", deaths=1, stage=4)),)),
    Publish(),
    Arrive((trainings(BUREAU, "2021-06", 4, 2), trainings(OLD_TOWN, "2020-04", 6, 2))),
    Publish(),
)
STORY: Sequence[Event] = (last_year(), Publish(), *JANUARY, *FEBRUARY, *MARCH, *APRIL, *MAY, *JUNE)


EVENTS = tuple(event for event in STORY[2:] if not isinstance(event, Publish))


@dataclass(frozen=True)
class Telling:
    """The same events in another order: each comes so many steps later, and after some of them a night publishes."""

    steps: Sequence[int]
    nights: frozenset[int]

    @property
    def story(self) -> Sequence[Event]:
        order = sorted(range(len(EVENTS)), key=lambda place: (place + self.steps[place], place))
        told = (
            event
            for place, number in enumerate(order)
            for event in (EVENTS[number], *[Publish()] * (place in self.nights))
        )
        return (last_year(), Publish(), *told, Publish())


def tellings() -> st.SearchStrategy[Telling]:
    steps = st.lists(st.integers(0, FURTHEST), min_size=len(EVENTS), max_size=len(EVENTS))
    return st.builds(Telling, steps, st.frozensets(st.integers(0, len(EVENTS) - 1), max_size=8))
