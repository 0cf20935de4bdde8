"""A process that works for another: ``python -m tasks.reader_process``, the work on standard input.

It knows nothing of our settings and may use only so much memory and time; when its master ends, so does it.
"""

import os
import pickle
import signal
import sys
import traceback
from typing import BinaryIO

import psutil

# What nearly all work needs, so that it is there when the first comes.
import tasks.chunk  # noqa: F401
from tasks.reader import Work


def main(requests: BinaryIO, answers: BinaryIO, seconds: float, megabytes: int) -> None:
    """Do what is asked until there is no more.

    The answer to a piece of work is the place of each file as it is begun, then what came of it or what went wrong.
    Who takes more seconds over a file than that, or more memory, ends.
    """
    _limit_memory(megabytes << 20)

    def say(word: object) -> None:
        pickle.dump(word, answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()

    def begin(place: int, files: int) -> None:
        say(place)
        _limit_time(seconds * files)

    while work := _next(requests):
        try:
            answer = work(begin)
        except MemoryError:
            return
        except Exception as error:  # noqa: BLE001 -- raised again by the master
            # A traceback cannot be sent.
            error.add_note("".join(traceback.format_tb(error.__traceback__)))
            answer = error
        _limit_time(0)
        say(answer)


def _next(requests: BinaryIO) -> Work | None:
    try:
        work: Work = pickle.load(requests)  # noqa: S301 -- of the process that started this one
    except EOFError:
        return None
    return work


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
