"""The stand on which subjects run: one server, a folder, a process for each run."""

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from benchmarks.measured import Measured
from warehouse.engine import open_engine
from warehouse.server import start_embedded

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Stand:
    """A folder of its own and a server in it."""

    folder: Path
    url: str

    def floor(self, inbox: Path) -> Measured:
        """One run of the floor."""
        with self.database() as url:
            return run("benchmarks.floor", inbox, url)

    def naive(self, inbox: Path) -> Measured:
        """One run of the naive way."""
        with self.database() as url:
            return run("benchmarks.naive", inbox, url)

    def night(
        self, inbox: Path, *how: str, own_units: str | None = None, look: Callable[[str], object] = lambda _: None
    ) -> Measured:
        """One night from an empty warehouse; ``look`` at what it left."""
        with self.database() as url, tempfile.TemporaryDirectory(dir=self.folder) as home:
            if own_units:
                (Path(home) / "units.toml").write_text(own_units, encoding="utf-8")
            measured = run("benchmarks.ours", inbox, home, *how, HUIZONG_WAREHOUSE_URL=url)
            look(url)
            return measured

    @contextmanager
    def database(self, name: str = "bench") -> Iterator[str]:
        """An empty database that is dropped afterwards."""
        _on_server(self.url, f"CREATE DATABASE {name}")
        yield sa.make_url(self.url).set(database=name).render_as_string(hide_password=False)
        _on_server(self.url, f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def stand() -> Iterator[Stand]:
    """A stand that is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="huizong-bench-") as folder:
        # Root's embedded server runs as another user, who must be able to pass.
        Path(folder).chmod(0o711)
        yield Stand(Path(folder), start_embedded(Path(folder) / "postgres"))


def machine() -> str:
    """What it ran on."""
    return f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"


def keep(name: str, result: object) -> None:
    """Print a result and write it beside the others."""
    text = json.dumps(result, indent=2)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    print(text)


def run(module: str, *arguments: str | Path, **settings: str) -> Measured:
    """One subject in a process of its own."""
    command = [sys.executable, "-W", "ignore", "-m", module, *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, env={**os.environ, **settings}, check=True)
    return Measured(**json.loads(done.stdout))


def _on_server(url: str, statement: str) -> None:
    engine = open_engine(url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text(statement))
    engine.dispose()
