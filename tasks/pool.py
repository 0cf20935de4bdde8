"""Processes that wait for work on the bytes of strangers; light, so that they start before anything else does."""

import atexit
import functools
import queue

from tasks.limits import Limits
from tasks.reader import Reader, Work


class Pool:
    """Processes, each of which does one piece of work at a time."""

    def __init__(self, limits: Limits) -> None:
        """None is started yet."""
        self.limits = limits
        self.all = [Reader(limits) for _ in range(limits.processes)]
        self._idle: queue.LifoQueue[Reader] = queue.LifoQueue()
        for reader in reversed(self.all):
            self._idle.put(reader)

    def start(self, most: int | None = None) -> None:
        """Start them, or the first few, so that they are ready when the first work comes."""
        for reader in self.all[:most]:
            reader.start()

    def ask(self, work: Work) -> object:
        """The answer of a piece of work; waits for a process that has nothing to do.

        Raises:
            ReaderEnded: the process did not live to answer.
            ReaderFailed: the work raised an exception.
        """
        reader = self._idle.get()
        try:
            return reader.ask(work)
        finally:
            self._idle.put(reader)

    def close(self) -> None:
        """End them."""
        for reader in self.all:
            reader.close()


@functools.cache
def pool(limits: Limits) -> Pool:
    """The one set of processes that this process has under these limits."""
    made = Pool(limits)
    atexit.register(made.close)
    return made
