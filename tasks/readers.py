"""Processes that read and validate chunks of files: beside each other, and where a hostile file can do no harm.

A file over which a process ends, takes too long or stumbles is one that cannot be read; the others of its chunk are
read again.
"""

import logging
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

from schemas.batch import Batch
from schemas.issue import Issue
from schemas.unit import Register
from tasks.assemble import arrival, assemble
from tasks.chunk import in_chunks, joined, read_chunk
from tasks.limits import USUAL, Bounds, Limits
from tasks.pool import Pool, pool
from tasks.read import ArrivedFile, Reading
from tasks.reader import Begin, ReaderEnded, ReaderFailed
from tasks.validate import validate

_log = logging.getLogger(__name__)
# Files of a chunk over which our own code may stumble: of more it is to blame, and nobody's report is sent back.
_MOST_STUMBLED = 3


class ReadersError(Exception):
    """Nothing can be read; the message says what to do."""


@dataclass(frozen=True)
class Chunk:
    """Files to read and validate; work for a process."""

    files: Sequence[ArrivedFile]
    register: Register
    today: date
    bounds: Bounds = USUAL

    def __call__(self, begin: Begin) -> Batch:
        """Their batch; validating all may take as long as reading each."""
        return read_chunk(self._one_by_one(begin), self.register, self.today, self.bounds)

    def _one_by_one(self, begin: Begin) -> Iterator[ArrivedFile]:
        for place, file in enumerate(self.files):
            begin(place, 1)
            yield file
        begin(len(self.files), len(self.files))


def read_guarded(files: Sequence[ArrivedFile], register: Register, today: date, limits: Limits) -> Batch:
    """A chunk of files read and validated by a process of its own; what such a file does stays there.

    Raises:
        ReadersError: the processes cannot be started, or end before they read anything.
    """
    return read_in(pool(limits), files, register, today)


def read_in(processes: Pool, files: Sequence[ArrivedFile], register: Register, today: date) -> Batch:
    """A chunk of files, in the order in which they arrived, by one of these processes; see ``read_guarded``."""
    done: list[Batch] = []
    stumbled = 0
    left: deque[Sequence[ArrivedFile] | Batch] = deque([files])
    while left:
        part = left.popleft()
        if isinstance(part, Batch):
            done.append(part)
            continue
        try:
            batch = processes.ask(Chunk(part, register, today, processes.limits.bounds))
            assert isinstance(batch, Batch)
            done.append(batch)
        except ReaderEnded as ended:
            at, issue = _place(ended.at), Issue("E-FILE-16", hint=processes.limits.said)
            left.extendleft(reversed(_around(part, at, issue, register)))
        except ReaderFailed as failed:
            at, issue = _stumbled(failed)
            stumbled += at < len(part) or len(part) == 1
            if stumbled > _MOST_STUMBLED:
                raise failed.cause from None
            left.extendleft(reversed(_around(part, at, issue, register)))
    return joined(done)


def read_beside(files: Sequence[ArrivedFile], register: Register, today: date, limits: Limits) -> Batch:
    """Files in as many chunks as there are processes."""
    chunks = in_chunks(sorted(files, key=arrival), limits.processes) or [files]
    with ThreadPoolExecutor(limits.processes) as threads:
        return joined(list(threads.map(lambda chunk: read_guarded(chunk, register, today, limits), chunks)))


def _place(at: int | None) -> int:
    if at is None:
        raise ReadersError("读表的子进程没有开始工作就结束了：内存可能不够，请运行 huizong doctor 查看")
    return at


def _stumbled(failed: ReaderFailed) -> tuple[int, Issue]:
    """The place of the file over which our own code stumbled, and its issue; the log has where in the code that is."""
    kind = type(failed.cause).__name__
    if failed.at is None or isinstance(failed.cause, OSError):
        # Before any file, or the disk: no fault of a file.
        raise failed.cause from None
    # Not its message, which may quote a cell.
    _log.error("%s while a file was read\n%s", kind, "".join(getattr(failed.cause, "__notes__", ())))
    return failed.at, Issue("E-FILE-21", hint=kind)


def _around(
    files: Sequence[ArrivedFile], at: int, issue: Issue, register: Register
) -> list[Sequence[ArrivedFile] | Batch]:
    """What is still to be read of a chunk, around the file that has this issue."""
    if at == len(files) > 1:
        # All was read, and what came afterwards was too much for all together.
        return [files[: at // 2], files[at // 2 :]]
    at = min(at, len(files) - 1)
    parts = (files[:at], _refused(files[at], issue, register), files[at + 1 :])
    return [part for part in parts if isinstance(part, Batch) or part]


def _refused(file: ArrivedFile, issue: Issue, register: Register) -> Batch:
    return validate(assemble([Reading(file, (), (issue,))], register), register)
