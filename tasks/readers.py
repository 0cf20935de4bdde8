"""Processes that read and validate chunks of files: beside each other, and where a hostile file can do no harm.

A file over which a process ends, or takes too long, is one that cannot be read; the others of its chunk are read again.
"""

import atexit
import functools
import queue
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date

from schemas.batch import Batch
from schemas.issue import Issue
from schemas.unit import Register
from tasks.assemble import arrival, assemble
from tasks.chunk import in_chunks, joined
from tasks.limits import Limits
from tasks.read import ArrivedFile, Reading
from tasks.reader import Reader, ReaderEnded
from tasks.validate import validate


class ReadersError(Exception):
    """Nothing can be read; the message says what to do."""


class Readers:
    """Processes that wait for chunks."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.all = [Reader(limits) for _ in range(limits.processes)]
        self._idle: queue.LifoQueue[Reader] = queue.LifoQueue()
        for reader in self.all:
            self._idle.put(reader)

    def start(self) -> None:
        """Start those that wait, so that they are ready when the first chunk comes."""
        for reader in self.all:
            reader.start()

    def read(self, files: Sequence[ArrivedFile], register: Register, today: date) -> Batch:
        """A chunk of files, in the order in which they arrived; waits for a process that has nothing to do.

        Raises:
            ReadersError: the processes cannot be started, or end before they read anything.
        """
        done: list[Batch] = []
        left: deque[Sequence[ArrivedFile] | Batch] = deque([files])
        while left:
            part = left.popleft()
            if isinstance(part, Batch):
                done.append(part)
                continue
            try:
                done.append(self._ask(part, register, today))
            except ReaderEnded as ended:
                left.extendleft(reversed(self._around(part, ended.at, register)))
        return joined(done)

    def close(self) -> None:
        """End them."""
        for reader in self.all:
            reader.close()

    def _ask(self, files: Sequence[ArrivedFile], register: Register, today: date) -> Batch:
        reader = self._idle.get()
        try:
            return reader.read(files, register, today)
        finally:
            self._idle.put(reader)

    def _around(
        self, files: Sequence[ArrivedFile], at: int | None, register: Register
    ) -> list[Sequence[ArrivedFile] | Batch]:
        """What is still to be read of a chunk, around the file that ended its process."""
        if at is None:
            raise ReadersError("读表的子进程没有开始工作就结束了：内存可能不够，请运行 huizong doctor 查看")
        if at == len(files) > 1:
            # All was read, and what came afterwards was too much for all together.
            return [files[: at // 2], files[at // 2 :]]
        at = min(at, len(files) - 1)
        parts = (files[:at], _refused(files[at], register, self._limits), files[at + 1 :])
        return [part for part in parts if isinstance(part, Batch) or part]


@functools.cache
def readers(limits: Limits) -> Readers:
    """The one set of processes that this process has under these limits."""
    made = Readers(limits)
    atexit.register(made.close)
    return made


def read_guarded(files: Sequence[ArrivedFile], register: Register, today: date, limits: Limits) -> Batch:
    """A chunk of files read and validated by a process of its own; what such a file does stays there."""
    return readers(limits).read(files, register, today)


def read_beside(files: Sequence[ArrivedFile], register: Register, today: date, limits: Limits) -> Batch:
    """Files in as many chunks as there are processes."""
    chunks = in_chunks(sorted(files, key=arrival), limits.processes) or [files]
    with ThreadPoolExecutor(limits.processes) as pool:
        return joined(list(pool.map(lambda chunk: read_guarded(chunk, register, today, limits), chunks)))


def _refused(file: ArrivedFile, register: Register, limits: Limits) -> Batch:
    hint = f"每份最多 {limits.seconds:g} 秒、{limits.megabytes} MiB"
    return validate(assemble([Reading(file, (), (Issue("E-FILE-16", hint=hint),))], register), register)
