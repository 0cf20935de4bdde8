"""Rounds: each begins with an empty warehouse, and after every event it is as the model says."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice

import sqlalchemy as sa

from tests.integration.faults.readers import Readers, reading
from tests.integration.model import Office, Refused
from tests.integration.model_events import Arrive, Event, Publish
from tests.integration.model_values import numbers
from tests.integration.stage import Stage
from tests.integration.test_six_months import Known, differences, duties_of, fresh_stage, refuses
from tests.soak.chance import happenings
from tests.soak.player import Different, Player
from warehouse.engine import Engine

# Later ones show no more, and all numbers of all months are looked at after each publication.
EVENTS_A_ROUND = 120
READERS = 4


@dataclass
class Tally:
    """What was done and met."""

    rounds: int = 0
    events: Counter[str] = field(default_factory=Counter)
    reports: int = 0
    refused: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    reads: int = 0
    looked_back: int = 0


def play_rounds(server_url: str, chance: random.Random, tally: Tally, goes_on: Callable[[], bool]) -> None:
    """One round after the other for as long as it should go on.

    Raises:
        Different: a submission is lost, counted twice or otherwise than the model says, or a reader saw a mixture.
    """
    while goes_on():
        with fresh_stage(server_url) as stage, _watching(stage) as watch:
            # Apart, so that a seed gives the same events whatever the faults meet.
            player = Player(stage, watch, random.Random(chance.random()))
            try:
                with reading(watch, READERS) as readers:
                    _play_round(stage, player, chance, tally, goes_on)
            finally:
                player.stop()
            _add(tally, player, readers)


def _play_round(stage: Stage, player: Player, chance: random.Random, tally: Tally, goes_on: Callable[[], bool]) -> None:
    office, owed, history = Office(), duties_of(stage.register), list[Known]()
    for event in islice(happenings(chance), EVENTS_A_ROUND):
        is_refused = refuses(office.play, event, Refused)
        _same(player.play(event), is_refused, event)
        _same(stage.statuses(), office.statuses, event)
        right = numbers(office.world, owed)
        history.append(Known(stage.moment(), event, right))
        if isinstance(event, Publish):
            _same(differences(stage.published(), right), {}, event)
        _count(tally, event, is_refused=is_refused)
        if not goes_on():
            break
    latest = {known.at: known for known in history}
    for known in chance.sample(list(latest.values()), min(10, len(latest))):
        _same(differences(stage.known(known.at), known.numbers), {}, known.event)
        tally.looked_back += 1


def _same(found: object, right: object, event: Event) -> None:
    if found != right:
        raise Different(f"after {event}:\nfound {found}\nright {right}")


def _count(tally: Tally, event: Event, *, is_refused: bool) -> None:
    tally.events[type(event).__name__] += 1
    tally.reports += len(event.reports) if isinstance(event, Arrive) else 0
    tally.refused += is_refused


def _add(tally: Tally, player: Player, readers: Readers) -> None:
    tally.rounds += 1
    tally.faults += player.faults
    tally.reads += readers.reads
    if readers.wrong:
        raise Different("\n".join(readers.wrong[:5]))


@contextmanager
def _watching(stage: Stage) -> Iterator[Engine]:
    """Connections to the warehouse of the stage that no fault cuts: those of the readers, and ours."""
    url = stage.engine.url.update_query_dict({"application_name": "soak"})
    engine = sa.create_engine(url, pool_pre_ping=True)
    try:
        yield engine
    finally:
        engine.dispose()
