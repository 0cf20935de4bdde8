"""What a night costs against the floor and the naive way: ``make bench`` (``python -m benchmarks.bench``).

Makes an inbox of N workbooks over all forms, about 5 % of them with errors, and runs in turn on this machine:

- the floor (``benchmarks.floor``): python-calamine parses every file, one COPY takes the raw rows,
- ours (``benchmarks.ours``): collect, read and validate, load, compute and publish; the audit counted by itself,
- once, the naive way (``benchmarks.naive``) over a tenth of the files,
- once, the plain path: every file in one batch in one process, whose rows, issues and values ours are compared with.

Nothing here asserts a time. The result is kept in ``benchmarks/results/bench.json``.
"""

import argparse
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.inbox import write_inbox
from benchmarks.stand import Stand, keep, machine, stand
from tests.integration.contents import contents
from warehouse.engine import open_engine

TO_LOAD = ("collect", "read and validate", "load")
TO_MART = (*TO_LOAD, "compute and publish")


@dataclass(frozen=True)
class Ratio:
    """The median of a quotient over the rounds, the least and the greatest."""

    median: float
    least: float
    greatest: float

    @classmethod
    def of(cls, quotients: Sequence[float]) -> "Ratio":
        """Of one quotient a round."""
        return cls(statistics.median(quotients), min(quotients), max(quotients))


def main(files: int, rows: int, rounds: int) -> None:
    """Run everything, print it, and keep it as JSON."""
    with stand() as here:
        inbox, tenth = here.folder / "inbox", here.folder / "tenth"
        write_inbox(inbox, files, rows)
        write_inbox(tenth, files // 10, rows)
        here.night(tenth)  # what the first one finds cold is not counted
        pairs = [(here.floor(inbox), here.night(inbox)) for _ in range(rounds)]
        nights = [night for _, night in pairs]
        result = {
            "at": f"{datetime.now(UTC):%Y-%m-%d}",
            "machine": machine(),
            "files": files,
            "rows": nights[0].rows,
            "rounds": rounds,
            "floor_seconds": statistics.median(floor.total() for floor, _ in pairs),
            "to_load": asdict(Ratio.of([night.total(*TO_LOAD) / floor.total() for floor, night in pairs])),
            "to_mart": asdict(Ratio.of([night.total(*TO_MART) / floor.total() for floor, night in pairs])),
            "naive": here.naive(tenth).total() / here.floor(tenth).total(),
            "rows_per_second": nights[0].rows / statistics.median(night.total(*TO_LOAD) for night in nights),
            "stages": {name: statistics.median(night.seconds[name] for night in nights) for name in nights[0].seconds},
            "peak_mib": max(night.peak_mib for night in nights),
            "readers_mib": max(max(night.readers_mib) for night in nights),
            "same_as_plain": is_like_plain(here, inbox),
        }
    keep("bench", result)


def is_like_plain(here: Stand, inbox: Path) -> bool:
    """Whether rows, issues and values of a night are those of the plain path."""
    said: list[object] = []
    for how in ((), ("--plain",)):
        here.night(inbox, *how, look=lambda url: said.append(_contents(url)))
    return said[0] == said[1]


def _contents(url: str) -> object:
    engine = open_engine(url)
    try:
        return contents(engine)
    finally:
        engine.dispose()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--rows", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    main(asked.files, asked.rows, asked.rounds)
