"""What a night costs against the floor and the naive way: ``make bench`` (``python -m benchmarks.bench``).

Makes an inbox of N workbooks over all forms, about 5 % of them with errors, and runs in turn on this machine:

- the floor (``benchmarks.floor``): python-calamine parses every file, one COPY takes the raw rows,
- ours (``benchmarks.ours``): collect, read and validate, load, compute and publish; the audit counted by itself,
- once, the naive way (``benchmarks.naive``) over a tenth of the files,
- once, the plain path: every file in one batch in one process, whose rows, issues and values ours are compared with.

Nothing here asserts a time. The result is kept in ``benchmarks/results/bench.json``.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from benchmarks.inbox import write_inbox
from benchmarks.measured import Measured
from tests.integration.contents import contents
from warehouse.engine import open_engine
from warehouse.server import start_embedded

RESULTS = Path(__file__).parent / "results"
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

    def __str__(self) -> str:
        return f"{self.median:.1f} ({self.least:.1f} to {self.greatest:.1f})"


class Bench:
    """A server, an inbox and a place to run subjects in."""

    def __init__(self, folder: Path, files: int, rows: int) -> None:
        self.folder, self.files = folder, files
        self.url = start_embedded(folder / "postgres")
        write_inbox(folder / "inbox", files, rows)
        write_inbox(folder / "tenth", files // 10, rows)

    def floor(self) -> Measured:
        """One run of the floor."""
        with self._database() as url:
            return _run("benchmarks.floor", self.folder / "inbox", url)

    def naive(self) -> Measured:
        """One run of the naive way over a tenth."""
        with self._database() as url:
            return _run("benchmarks.naive", self.folder / "tenth", url)

    def ours(self, *how: str, look: Callable[[str], object] = lambda _: None) -> Measured:
        """One night from an empty warehouse; ``look`` at what it left."""
        with self._database() as url, tempfile.TemporaryDirectory(dir=self.folder) as home:
            measured = _run("benchmarks.ours", self.folder / "inbox", home, *how, HUIZONG_WAREHOUSE_URL=url)
            look(url)
            return measured

    def is_like_plain(self) -> bool:
        """Whether rows, issues and values of a night are those of the plain path."""
        said: list[object] = []
        for how in ((), ("--plain",)):
            self.ours(*how, look=lambda url: said.append(_contents(url)))
        return said[0] == said[1]

    @contextmanager
    def _database(self) -> Iterator[str]:
        _on_server(self.url, "CREATE DATABASE bench")
        yield sa.make_url(self.url).set(database="bench").render_as_string(hide_password=False)
        _on_server(self.url, "DROP DATABASE bench WITH (FORCE)")


def main(files: int, rows: int, rounds: int) -> None:
    """Run everything, print it, and keep it as JSON."""
    with tempfile.TemporaryDirectory(prefix="huizong-bench-") as place:
        Path(place).chmod(0o711)
        bench = Bench(Path(place), files, rows)
        pairs = [(bench.floor(), bench.ours()) for _ in range(rounds)]
        naive, floor = bench.naive(), statistics.median(floor.total() for floor, _ in pairs)
        result = {
            "at": f"{datetime.now(UTC):%Y-%m-%d}",
            "machine": machine(),
            "files": files,
            "rows": pairs[0][1].rows,
            "rounds": rounds,
            "floor_seconds": floor,
            "to_load": asdict(Ratio.of([ours.total(*TO_LOAD) / floor.total() for floor, ours in pairs])),
            "to_mart": asdict(Ratio.of([ours.total(*TO_MART) / floor.total() for floor, ours in pairs])),
            "naive": naive.total() * 10 / floor,
            "rows_per_second": pairs[0][1].rows / statistics.median(ours.total(*TO_LOAD) for _, ours in pairs),
            "stages": {
                name: statistics.median(ours.seconds[name] for _, ours in pairs) for name in pairs[0][1].seconds
            },
            "peak_mib": max(ours.peak_mib for _, ours in pairs),
            "readers_mib": max(max(ours.readers_mib) for _, ours in pairs),
            "same_as_plain": bench.is_like_plain(),
        }
    keep("bench", result)
    print(json.dumps(result, indent=2))


def machine() -> str:
    """What it ran on."""
    return f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"


def keep(name: str, result: object) -> None:
    """Write a result beside the others."""
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


def _run(module: str, *arguments: str | Path, **settings: str) -> Measured:
    """One subject in a process of its own."""
    command = [sys.executable, "-W", "ignore", "-m", module, *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, env={**os.environ, **settings}, check=True)
    return Measured(**json.loads(done.stdout))


def _contents(url: str) -> object:
    engine = open_engine(url)
    try:
        return contents(engine)
    finally:
        engine.dispose()


def _on_server(url: str, statement: str) -> None:
    engine = open_engine(url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text(statement))
    engine.dispose()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--rows", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    main(asked.files, asked.rows, asked.rounds)
