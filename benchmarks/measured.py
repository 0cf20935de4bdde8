"""What one run of a benchmark measured, and the clock with which it does."""

import json
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field


@dataclass
class Measured:
    """The seconds of each stage in their order, the rows that were stored, and the largest memory in MiB.

    ``peak_mib`` is of the process itself; ``readers_mib`` of each process that it let read.
    """

    seconds: dict[str, float] = field(default_factory=dict)
    rows: int = 0
    peak_mib: int = 0
    readers_mib: Sequence[int] = ()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Adds what passes inside to a stage."""
        since = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0) + time.perf_counter() - since

    def say(self) -> None:
        """Print it as one line of JSON, for the process that asked."""
        self.peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        json.dump(asdict(self), sys.stdout)

    def total(self, *stages: str) -> float:
        """The seconds of these stages, without any of all."""
        return sum(self.seconds[name] for name in stages or self.seconds)
