"""Plays events on a warehouse in a process of its own, which is killed and whose connections are cut meanwhile.

An event whose process died may have happened or not. What a night does is done again by the next; whether an act of
the administrator happened stands in the audit, in which it is a line.
"""

import logging
import multiprocessing
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

import sqlalchemy as sa

from schemas.unit import Register
from tests.integration.model_events import Arrive, Event, Publish
from tests.integration.stage import Stage
from warehouse.engine import Engine, open_engine
from warehouse.errors import WarehouseError
from warehouse.gate import GateFailed
from warehouse.patience import patiently

_PLAYERS = multiprocessing.get_context("forkserver")
_PLAYERS.set_forkserver_preload([__name__, "tests.integration.faults.libraries"])
_TABLES = ("core.submission", "core.issue", "core.clock", "mart.published_value", "core.computed_state")
_CUT = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name LIKE 'huizong%' AND pid <> pg_backend_pid()
"""


class Different(AssertionError):  # noqa: N818 -- what it says
    """The warehouse is not what the model says."""


DONE, REFUSED, BROKEN = "done", "refused", "broken"


class Player:
    """The process, and what befell it; ``faults`` counts them by kind."""

    def __init__(self, stage: Stage, watch: Engine, chance: random.Random) -> None:
        """``watch`` are connections to the same warehouse that are not cut."""
        self._stage, self._watch, self._chance = stage, watch, chance
        self.faults: Counter[str] = Counter()
        self._start()

    def play(self, event: Event) -> bool:
        """Let an event happen, whatever comes between; whether it was refused."""
        before = self._acts()
        while (outcome := self._try(event)) == BROKEN:
            if not isinstance(event, Arrive | Publish) and self._acts() > before:
                return False
        if isinstance(event, Arrive):
            self._stage.reports += len(event.reports)
        if outcome not in (DONE, REFUSED):
            raise Different(outcome)
        return outcome == REFUSED

    def stop(self) -> None:
        self._process.kill()
        self._process.join()

    def _start(self) -> None:
        self._ours, theirs = _PLAYERS.Pipe()
        url = self._stage.engine.url.render_as_string(hide_password=False)
        self._process = _PLAYERS.Process(target=_work, args=(theirs, url, self._stage.register))
        self._process.start()
        theirs.close()

    def _try(self, event: Event) -> str:
        if not self._process.is_alive():
            self._process.join()
            self._start()
        try:
            with self._maybe_a_fault():
                self._ours.send((event, self._stage.reports))
                answer: str = self._ours.recv()
        except (EOFError, OSError):
            return BROKEN
        return answer

    @contextmanager
    def _maybe_a_fault(self) -> Iterator[None]:
        kind = self._chance.choices((None, "kill", "cut", "wait"), (70, 10, 12, 8))[0]
        delay = self._chance.random() ** 2 * 2
        faults = {"kill": self._process.kill, "cut": self._cut, "wait": self._hold}
        if kind is None:
            yield
            return
        # Under way, or just before or after its commit: it may be at any moment.
        timer = threading.Timer(delay, self._strike, (kind, faults[kind]))
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()

    def _strike(self, kind: str, fault: Callable[[], None]) -> None:
        fault()
        self.faults[kind] += 1

    def _cut(self) -> None:
        with self._watch.begin() as connection:
            connection.execute(sa.text(_CUT))

    def _hold(self) -> None:
        with self._watch.begin() as connection:
            connection.execute(sa.text(f"LOCK TABLE {self._chance.choice(_TABLES)} IN EXCLUSIVE MODE"))
            time.sleep(0.3)

    def _acts(self) -> int:
        with self._watch.connect() as connection:
            count: int = connection.execute(sa.text("SELECT count(*) FROM core.audit")).scalar_one()
        return count


def _work(orders: Connection, url: str, register: Register) -> None:
    """Play what comes."""
    logging.disable()
    stage = Stage(open_engine(url), register)
    patient = patiently(_play)
    while True:
        event, reports = orders.recv()
        try:
            (patient if isinstance(event, Arrive | Publish) else _play)(stage, event, reports)
            answer = DONE
        except GateFailed as failed:
            answer = f"gate: {failed}"
        except WarehouseError:
            answer = REFUSED
        except sa.exc.DBAPIError:
            answer = BROKEN
        orders.send(answer)


def _play(stage: Stage, event: Event, reports: int) -> None:
    """The same files have the same names, however often they come."""
    stage.reports = reports
    stage.play(event)
