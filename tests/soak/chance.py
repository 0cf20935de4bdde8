"""What happens next at a bureau, at random: reports, corrections, repeats, withdrawals, closings, publications."""

import random
from collections.abc import Callable, Iterator
from datetime import date

from tests.integration.facts import BUREAU, HOUSING, STREET, TOWN
from tests.integration.model_events import Accident, Arrive, Close, Event, Publish, Release, Reopen, Sent, Withdraw
from tests.integration.model_story import OLD_TOWN, accidents, month, trainings

MONTHS = [f"{year}-{number:02d}" for year in (2020, 2021) for number in (1, 2, 3)]
TRAINERS = (BUREAU, STREET, TOWN, OLD_TOWN)
# The town of whose accidents each tells: the department tells of the town's own as well.
TELLERS = {STREET: STREET, TOWN: TOWN, OLD_TOWN: OLD_TOWN, HOUSING: TOWN}
_WEIGHTS = {"arrive": 60, "publish": 14, "withdraw": 8, "close": 5, "reopen": 6, "release": 7}


def happenings(chance: random.Random) -> Iterator[Event]:
    """Events without end; many of them will be refused, as they should be."""
    makers: dict[str, Callable[[random.Random], Event]] = {
        "arrive": _arrive,
        "publish": lambda _: Publish(),
        "withdraw": _withdraw,
        "close": lambda chance: Close(_month(chance)),
        "reopen": lambda chance: Reopen(_month(chance)),
        "release": lambda chance: Release(_month(chance)),
    }
    while True:
        (kind,) = chance.choices(list(_WEIGHTS), list(_WEIGHTS.values()))
        yield makers[kind](chance)


def _arrive(chance: random.Random) -> Arrive:
    """One to four reports; of one form, unit and month no more than one in a night."""
    sent = [_sent(chance) for _ in range(chance.randint(1, 4))]
    return Arrive(tuple({each.key: each for each in sent}.values()))


def _sent(chance: random.Random) -> Sent:
    version, of = chance.randint(1, 4), chance.choice(MONTHS)
    if chance.random() < 0.7:
        return trainings(chance.choice(TRAINERS), of, chance.randint(0, 4), version)
    unit = chance.choice(list(TELLERS))
    rows = [_accident(chance, unit, of, day) for day in range(1, chance.randint(1, 3))]
    return accidents(unit, of, *rows, version=version)


def _accident(chance: random.Random, unit: str, of: str, day: int) -> Accident:
    town = TELLERS[unit]
    # Two towns never have one number; the department and its town do.
    on = date.fromisoformat(f"{of}-{day + 9 * list(TELLERS).index(town):02d}")
    number = f"SG340404{on:%Y%m%d}01"
    deaths, injured = chance.randint(0, 2), chance.randint(0, 3)
    return Accident(number, on, town, on, by_industry=unit == HOUSING, deaths=deaths, injured=injured)


def _withdraw(chance: random.Random) -> Withdraw:
    sent = _sent(chance)
    return Withdraw(sent.form, sent.unit, sent.month)


def _month(chance: random.Random) -> date:
    return month(chance.choice(MONTHS))
