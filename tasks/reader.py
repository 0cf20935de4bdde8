"""One process that does for this one what has to do with bytes of strangers (see ``tasks.reader_process``)."""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable

from tasks.limits import Limits

Begin = Callable[[int, int], None]
"""Says that the work comes to the file at a place, and asks for the time of so many files from now on."""
Work = Callable[[Begin], object]
"""What is done in the process: it and its answer can be pickled, and its answer is no whole number."""

# What it needs of our environment; the rest may hold secrets.
_ENVIRONMENT = ("PATH", "PYTHONPATH", "PYTHONHOME", "LANG", "LC_ALL", "TZ", "SYSTEMROOT", "TEMP", "TMPDIR")
# Libraries that would start as many threads of their own in each process.
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


class ReaderEnded(Exception):  # noqa: N818 -- told by its caller
    """The process ended before it answered; ``at`` is the place of the file that it had begun.

    It is None where it had begun none, and the number of files where it had read them all.
    """

    def __init__(self, at: int | None) -> None:
        super().__init__(at)
        self.at = at


class ReaderFailed(Exception):  # noqa: N818 -- told by its caller
    """The work raised an exception, whose notes say where; ``at`` as above."""

    def __init__(self, at: int | None, cause: Exception) -> None:
        super().__init__(at, cause)
        self.at, self.cause = at, cause


class Reader:
    """A process that is started when it is needed, and again when it ended."""

    def __init__(self, limits: Limits) -> None:
        self._limits = (str(limits.seconds), str(limits.megabytes))
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> subprocess.Popen[bytes]:
        """Start it, unless it runs."""
        if self._process is None:
            environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tasks.reader_process", *self._limits],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment | _ONE_THREAD,
            )
        return self._process

    def ask(self, work: Work) -> object:
        """The answer of a piece of work.

        Raises:
            ReaderEnded: the process did not live to answer.
            ReaderFailed: the work raised an exception.
        """
        process, at = self.start(), None
        assert process.stdin
        assert process.stdout
        try:
            pickle.dump(work, process.stdin, pickle.HIGHEST_PROTOCOL)
            process.stdin.flush()
            while isinstance(answer := pickle.load(process.stdout), int):  # noqa: S301 -- of our own process
                at = answer
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            self.close()
            raise ReaderEnded(at) from error
        if isinstance(answer, Exception):
            raise ReaderFailed(at, answer)
        return answer

    def close(self) -> None:
        """End it, whatever it is doing."""
        if self._process:
            self._process.kill()
            self._process.communicate()
            self._process = None
