"""A process that reads chunks for another: ``python -m tasks.reader_process``, requests on standard input.

It knows nothing of our settings and may use only so much memory and time; when its master ends, so does it.
"""

import os
import pickle
import signal
import sys
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

import psutil

from schemas.batch import Batch
from tasks.chunk import read_chunk
from tasks.read import ArrivedFile


def main(requests: BinaryIO, answers: BinaryIO, seconds: float, megabytes: int) -> None:
    """Answer requests until there are no more.

    A request is files, register and day; the answer is the place of each file as it is begun, their number when
    all are read, then the batch or what went wrong. Who takes more seconds over a file than that, or more memory, ends.
    """
    _limit_memory(megabytes << 20)

    def say(word: int | Batch | Exception) -> None:
        pickle.dump(word, answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()

    def one_by_one(files: Sequence[ArrivedFile]) -> Iterator[ArrivedFile]:
        for place, file in enumerate(files):
            say(place)
            _limit_time(seconds)
            yield file
        _limit_time(0)
        say(len(files))

    while request := _next(requests):
        files, register, today = request
        try:
            say(read_chunk(one_by_one(files), register, today))
        except MemoryError:
            return
        except Exception as error:  # noqa: BLE001 -- raised again by the master
            say(error)


def _next(requests: BinaryIO) -> tuple[Any, ...] | None:
    try:
        request: tuple[Any, ...] = pickle.load(requests)  # noqa: S301 -- of the process that started this one
    except EOFError:
        return None
    return request


def _limit_time(seconds: float) -> None:
    """The kernel ends this process then, whatever it is in; no code of ours would have its turn in a parser's loop."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit_memory(more: int) -> None:
    """So much more than what the process takes empty."""
    if sys.platform == "linux":
        import resource  # noqa: PLC0415 -- other systems have none, or one that does not hold

        limit = psutil.Process().memory_info().vms + more
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


if __name__ == "__main__":
    # What a library prints must not get among the answers.
    answers_to = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    main(sys.stdin.buffer, answers_to, float(sys.argv[1]), int(sys.argv[2]))
