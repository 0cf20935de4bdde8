"""A night in a process of its own, step by step as the flow has them, that asks before each step how it should go.

An order holds or ends the process at a file operation (an audit hook of Python sees each of them), or takes away the
room for files. What happens in the database is held from outside, by locks.
"""

import logging
import multiprocessing
import os
import resource
import signal
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType

import psutil

from flows import steps
from flows.settings import Settings
from schemas.as_of import moment_of
from schemas.unit import Register
from tasks.chunk import joined, read_chunk
from warehouse.runs import finish_run, start_run

STEPS = ("open", "collect", "read", "load", "return", "publish", "bulletin")
# One process imports what the nights need, and each night is a copy of it.
_NIGHTS = multiprocessing.get_context("forkserver")
_NIGHTS.set_forkserver_preload([__name__, "tests.integration.faults.libraries"])


@dataclass(frozen=True)
class At:
    """Send the process a signal at the n-th operation of this kind on a path that contains ``part``."""

    number: int
    event: str
    part: str
    count: int = 1


@dataclass(frozen=True)
class NoRoom:
    """Every write into a file fails from now on, as on a full disk."""


Order = At | NoRoom | None


@dataclass(frozen=True)
class Place:
    """Where a night works, on what day, with which units and sources."""

    home: Path
    url: str
    day: date
    register: Register
    inbox: tuple[str, ...] = ()

    @property
    def settings(self) -> Settings:
        return Settings(home=self.home, warehouse_url=self.url, settle_seconds=0, readers=1, inbox=self.inbox)


class Night:
    """The process; ``failure`` is what ended it, empty where it came to its end."""

    def __init__(self, place: Place) -> None:
        self._ours, theirs = _NIGHTS.Pipe()
        self.process = _NIGHTS.Process(target=_run, args=(theirs, place), daemon=False)
        self.process.start()
        theirs.close()
        self.failure: str | None = None

    def __enter__(self) -> "Night":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def before(self, step: str) -> None:
        """Let it go as far as the beginning of a step."""
        while self._ours.recv() != step:
            self._ours.send(None)

    def go(self, order: Order = None) -> None:
        """Let it do the step before which it stands."""
        self._ours.send(order)

    def end(self) -> str | None:
        """Let it go on to its end; why it failed, None where it did not."""
        try:
            while (said := self._ours.recv()) in STEPS:
                self._ours.send(None)
        except (EOFError, OSError):
            said = "killed"
        self.process.join()
        self.failure = said or None
        return self.failure

    def wait_until_stopped(self) -> None:
        """Wait until an order has stopped it, or it is over."""
        process = psutil.Process(self.process.pid)
        while process.status() not in (psutil.STATUS_STOPPED, psutil.STATUS_ZOMBIE):
            pass

    def go_on(self) -> None:
        """Go on after an order stopped it."""
        assert self.process.pid
        os.kill(self.process.pid, signal.SIGCONT)

    def kill(self) -> None:
        """End it as a power failure would, with the processes that it started."""
        if self.process.is_alive():
            children = psutil.Process(self.process.pid).children(recursive=True)
            self.process.kill()
            for child in children:
                child.kill()
        self.process.join()


def _run(test: Connection, place: Place) -> None:
    # What is written about a fault that is meant would only hide what is not.
    logging.disable()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    orders: list[At] = []
    sys.addaudithook(lambda event, args: _obey(orders, event, args))
    try:
        for step in _night(place):
            test.send(step)
            order = test.recv()
            if isinstance(order, At):
                orders[:] = [order] * order.count
            elif isinstance(order, NoRoom):
                resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        test.send("")
    except Exception as error:  # noqa: BLE001 -- the test says which it expects
        test.send(f"{type(error).__name__}: {error}")
    # As after a kill, nothing that is registered for the end of a process is done: it would be the fork server's.
    test.close()
    _end_children()
    os._exit(0)


def _obey(orders: list[At], event: str, args: Sequence[object]) -> None:
    if orders and event == orders[0].event and any(orders[0].part in str(each) for each in args):
        order = orders.pop()
        if not orders:
            os.kill(os.getpid(), order.number)


def _end_children() -> None:
    for child in psutil.Process().children(recursive=True):
        child.kill()


def _night(place: Place) -> Iterator[str]:
    """The steps of ``flows.nightly``, each after its name was told."""
    settings, day, moment = place.settings, place.day, moment_of(place.day)
    object.__setattr__(settings, "register", lambda: place.register)
    yield "open"
    house = steps.open_step.fn(settings, moment)
    run_id = start_run(house.engine, day)
    yield "collect"
    arrived = steps.collect_step.fn(house.engine, settings.sources, settings.means).files
    yield "read"
    # Its own process is needed only where the fault is in it.
    batch = joined([read_chunk(arrived, place.register, day)]) if arrived else None
    yield "load"
    if batch:
        steps.load_step.fn(house.engine, batch, moment, run_id)
    yield "return"
    returned = steps.return_step.fn(house, tells=False)
    yield "publish"
    steps.publish_step.fn(house.engine, "test", moment, day, settings.data_docs)
    yield "bulletin"
    steps.bulletin_step.fn(house, day)
    finish_run(house.engine, run_id, {"returned": returned.written})
