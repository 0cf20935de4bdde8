"""A warehouse that remembers, held against a model in plain Python: every number at every date."""

import itertools
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime

import pytest
from hypothesis import Phase, given, settings

from schemas.period import Period
from schemas.unit import Register
from tests.integration.conftest import own_warehouse
from tests.integration.model import Office, Refused
from tests.integration.model_events import Event, Publish
from tests.integration.model_story import STORY, UNITS, Telling, tellings
from tests.integration.model_values import DISTRICT, FORM_OF, Duties, Number, Place, numbers
from tests.integration.registers import register_of
from tests.integration.stage import Stage
from warehouse.errors import WarehouseError
from warehouse.values import Value, values_as_known

Numbers = Mapping[Place, Number]
PERIODS = ("2021-03", "2021-Q1", "2021-H1", "2021-04", "2021-06-ytd", "2021-02", "2021-Q2", "2021-05", "2021")
QUESTIONS = list(itertools.product(map(Period.parse, PERIODS), (DISTRICT, *UNITS)))


@dataclass(frozen=True)
class Known:
    """An event, the moment from which it was known, and every number that followed from it."""

    at: datetime
    event: Event
    numbers: Numbers


def answered(value: Value) -> tuple[object, ...]:
    """What an answer says of one indicator."""
    return value.value, value.year_ago, value.previous, value.reports_expected, value.reports_received


def right_answer(number: Number) -> tuple[object, ...]:
    return number.value, number.year_ago, number.previous, number.expected, number.received


@contextmanager
def fresh_stage(server_url: str) -> Iterator[Stage]:
    """A warehouse of its own, of the units of the story."""
    register = register_of(DISTRICT, *UNITS)
    with own_warehouse(server_url, register) as engine:
        yield Stage(engine, register)


def duties_of(register: Register) -> Duties:
    return frozenset((duty.form, duty.unit_code) for duty in register.duties())


def play(stage: Stage, events: Sequence[Event]) -> list[Known]:
    """Play a story on the model and on the warehouse, which agree after every event; what was known after each."""
    office, owed = Office(), duties_of(stage.register)
    history = []
    for event in events:
        is_refused = refuses(office.play, event, Refused)
        assert refuses(stage.play, event, WarehouseError) == is_refused, event
        assert stage.statuses() == office.statuses, event
        right = numbers(office.world, owed)
        if isinstance(event, Publish):
            assert differences(stage.published(), right) == {}, event
        history.append(Known(stage.moment(), event, right))
    return history


def refuses(play: Callable[[Event], None], event: Event, refusal: type[Exception]) -> bool:
    try:
        play(event)
    except refusal:
        return True
    return False


def differences(found: Numbers, right: Numbers) -> dict[str, tuple[Number | None, Number | None]]:
    """What is found and what would be right, by place, where the two differ."""
    return {
        f"{indicator} {unit} {period.label}": (
            found.get((indicator, unit, period)),
            right.get((indicator, unit, period)),
        )
        for indicator, unit, period in sorted(found.keys() | right.keys())
        if found.get((indicator, unit, period)) != right.get((indicator, unit, period))
    }


@pytest.fixture(scope="module")
def told(server_url: str) -> Iterator[tuple[Stage, list[Known]]]:
    """The story as it was played to its end."""
    with fresh_stage(server_url) as stage:
        yield stage, play(stage, STORY)


@pytest.mark.slow
def test_every_number_is_known_at_every_date_as_the_rules_say(told: tuple[Stage, list[Known]]) -> None:
    stage, history = told
    for known in history:
        assert differences(stage.known(known.at), known.numbers) == {}, known.event


@pytest.mark.slow
def test_what_was_published_is_what_is_known_to_have_been_known_then(told: tuple[Stage, list[Known]]) -> None:
    stage, history = told
    nights = {known.at: known.numbers for known in history if isinstance(known.event, Publish)}
    assert len(nights) > 10
    for publication_id, published_at in stage.publications().items():
        assert differences(stage.published(publication_id), nights[published_at]) == {}, published_at


@pytest.mark.slow
def test_what_is_asked_twice_is_answered_twice_in_the_same_bytes(told: tuple[Stage, list[Known]]) -> None:
    stage, history = told
    for known, (period, unit) in zip(history[::3], itertools.cycle(QUESTIONS), strict=False):
        first, second = (values_as_known(stage.engine, period, unit, known.at) for _ in range(2))
        right = {
            place[0]: right_answer(number) for place, number in known.numbers.items() if place[1:] == (unit, period)
        }
        assert json.dumps(asdict(first)) == json.dumps(asdict(second))
        assert {value.code: answered(value) for value in first.indicators if value.code in FORM_OF} == right


@pytest.mark.slow
@settings(max_examples=2, derandomize=True, phases=[Phase.generate])
@given(telling=tellings())
def test_events_in_any_order_leave_the_numbers_of_the_rules(telling: Telling, server_url: str) -> None:
    with fresh_stage(server_url) as stage:
        history = play(stage, telling.story)
        moments = {known.at: known for known in history}
        for known in moments.values():
            assert differences(stage.known(known.at), known.numbers) == {}, known.event
