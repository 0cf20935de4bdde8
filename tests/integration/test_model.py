"""The model of the rules is itself held to examples by hand, without a warehouse."""

from dataclasses import replace
from datetime import date

import pytest

from schemas.period import Period
from tests.integration.facts import BUREAU, DISTRICT, STREET, TOWN
from tests.integration.model import Office, Refused
from tests.integration.model_events import (
    CANCELLED,
    Accident,
    Arrive,
    Close,
    Event,
    Merge,
    Release,
    Reopen,
    Sent,
    Withdraw,
)
from tests.integration.model_story import OLD_TOWN, month, trainings
from tests.integration.model_values import Number, numbers

MARCH = month("2021-03")
OWED = frozenset((form, unit) for form in ("training", "accident") for unit in (BUREAU, STREET, TOWN, OLD_TOWN))


def played(*events: Event | Sent) -> Office:
    office = Office()
    for event in events:
        office.play(Arrive((event,)) if isinstance(event, Sent) else event)
    return office


def number(office: Office, indicator: str, period: str, unit: str = DISTRICT) -> Number:
    return numbers(office.world, OWED)[indicator, unit, Period.parse(period)]


def march(count: int, version: int = 1) -> Sent:
    return trainings(STREET, "2021-03", count, version)


@pytest.mark.parametrize(
    ("sent", "statuses", "value"),
    [
        ((march(1), march(2, 2)), ["superseded", "accepted"], 2),
        ((march(1), march(1, 2)), ["accepted", "identical"], 1),
        ((march(1), march(2)), ["accepted", "rejected"], 1),
        ((march(1, 3), march(2, 2)), ["accepted", "superseded"], 1),
        ((march(1), march(1, 3), march(2, 2)), ["accepted", "identical", "superseded"], 1),
        ((march(1), Withdraw("training", STREET, MARCH), march(2)), ["withdrawn", "accepted"], 2),
        ((march(1), Close(MARCH), march(2, 2)), ["accepted", "held"], 1),
        ((march(1), Close(MARCH), march(2, 2), march(3, 3)), ["accepted", "superseded", "held"], 1),
        ((march(1), Close(MARCH), march(2, 2), Release(MARCH)), ["superseded", "accepted"], 2),
    ],
)
def test_what_becomes_of_the_second_report(sent: tuple[Event | Sent, ...], statuses: list[str], value: int) -> None:
    office = played(*sent)
    assert office.statuses == statuses
    assert number(office, "TRN02", "2021-03", STREET).value == value


@pytest.mark.parametrize(
    "events",
    [
        (Withdraw("training", STREET, MARCH),),
        (march(1), Close(MARCH), Withdraw("training", STREET, MARCH)),
        (Close(MARCH), Close(MARCH)),
        (Reopen(MARCH),),
        (march(1), Release(MARCH)),
    ],
)
def test_what_is_refused(events: tuple[Event | Sent, ...]) -> None:
    office = played(*events[:-1])
    with pytest.raises(Refused):
        office.play(events[-1] if not isinstance(events[-1], Sent) else Arrive((events[-1],)))


def test_nothing_happened_is_not_nothing_said() -> None:
    office = played(trainings(STREET, "2021-03", 0))
    assert number(office, "TRN02", "2021-03", STREET) == Number(0, None, None, 1, 1, 0, 0)
    assert number(office, "TRN02", "2021-03", TOWN).value is None
    assert number(office, "TRN02", "2021-03").expected == 4


def test_the_past_of_a_merged_unit_is_compared_with_its_successor() -> None:
    base = Arrive(tuple(trainings(unit, of, 2) for unit in (TOWN, OLD_TOWN) for of in ("2020-03", "2020-04")))
    office = played(base, trainings(TOWN, "2021-04", 5), Merge(OLD_TOWN, TOWN, month("2021-04")))
    assert number(office, "TRN02", "2021-04", TOWN) == Number(5, 4, None, 1, 1, 2, 2)
    assert number(office, "TRN02", "2021-03", TOWN).year_ago == 2
    assert number(office, "TRN02", "2021-Q1", OLD_TOWN).year_ago == 2
    assert number(office, "TRN02", "2020-04", OLD_TOWN).value == 2
    assert number(office, "TRN02", "2021-04-ytd", TOWN).year_ago == 2 + 4


def test_the_later_stage_of_an_accident_counts_in_the_month_in_which_it_happened() -> None:
    first = Accident("1", date(2021, 3, 9), STREET, date(2021, 3, 9), injured=1)
    later = replace(first, stage=1, deaths=1, injured=0, entered_on=date(2021, 4, 1))
    office = played(Sent("accident", STREET, MARCH, (first,)), Sent("accident", STREET, month("2021-04"), (later,)))
    assert number(office, "ACC02", "2021-03", STREET).value == 1
    assert number(office, "ACC02", "2021-04", STREET).value == 0


@pytest.mark.parametrize(
    ("sector", "entered_on", "deaths"),
    [
        ("town_gas", date(2021, 4, 8), 2),
        ("town_gas", date(2021, 4, 9), 1),
        ("road_transport", date(2021, 3, 16), 2),
        ("road_transport", date(2021, 3, 17), 1),
    ],
)
def test_casualties_that_come_too_late_are_not_counted(sector: str, entered_on: date, deaths: int) -> None:
    first = Accident("1", date(2021, 3, 9), STREET, date(2021, 3, 9), deaths=1, sector=sector)
    later = replace(first, stage=1, deaths=2, entered_on=entered_on)
    office = played(Sent("accident", STREET, MARCH, (first,)), Sent("accident", STREET, month("2021-04"), (later,)))
    assert number(office, "ACC02", "2021-03", STREET).value == deaths


def test_an_accident_that_was_struck_off_counts_no_more() -> None:
    first = Accident("1", date(2021, 3, 9), STREET, date(2021, 3, 9), deaths=1)
    struck_off = replace(first, stage=CANCELLED)
    office = played(
        Sent("accident", STREET, MARCH, (first,)), Sent("accident", STREET, month("2021-04"), (struck_off,))
    )
    assert (number(office, "ACC01", "2021-03").value, number(office, "ACC02", "2021-03").value) == (0, 0)
