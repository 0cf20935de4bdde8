"""Processes that live and die together."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import psutil

# What a process may take to end by itself; a night that runs is told to stop and rolls back within this time.
END_SECONDS = 20
_LOOK_SECONDS = 0.2


class Stopped(Exception):  # noqa: N818 -- an order, not an error
    """Somebody told us to stop: SIGTERM or Ctrl-C."""


@dataclass
class Children:
    """The processes that were started, by name, in their order."""

    environment: Mapping[str, str]
    folder: Path
    started: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, module: str, *arguments: str) -> None:
        """Start a Python module as a process of ours; what it prints is ours too."""
        self.started[name] = subprocess.Popen(python(module, *arguments), env=self.environment, cwd=self.folder)

    def dead(self) -> str | None:
        """The name of one that has ended, None while all live."""
        return next((name for name, process in self.started.items() if process.poll() is not None), None)

    def wait(self) -> str:
        """Wait until one has ended; its name."""
        while (name := self.dead()) is None:
            time.sleep(_LOOK_SECONDS)
        return name

    def end(self) -> None:
        """End all, the last started first, with whatever they have started; who does not obey is killed."""
        for process in reversed(self.started.values()):
            family = _family(process.pid)
            process.terminate()
            _, stubborn = psutil.wait_procs(family, timeout=END_SECONDS)
            for each in stubborn:
                each.kill()
            process.wait()
            psutil.wait_procs(stubborn, timeout=END_SECONDS)


def python(module: str, *arguments: str) -> Sequence[str]:
    """The command that runs a module with our own Python."""
    return [sys.executable, "-m", module, *arguments]


def _family(pid: int) -> list[psutil.Process]:
    try:
        process = psutil.Process(pid)
        return [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


@contextmanager
def stopping_on_signals() -> Iterator[None]:
    """Raises Stopped inside when SIGTERM or SIGINT comes, so that what was started is ended in an orderly way."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise Stopped

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
