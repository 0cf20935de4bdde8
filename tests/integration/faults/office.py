"""An office of which every test gets a copy: one night is behind it, and the inbox holds what the next one finds."""

import itertools
import json
import shutil
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import sqlalchemy as sa

from schemas.unit import Register
from tests.integration.backfill.past import trainings
from tests.integration.conftest import database_url, on_server
from tests.integration.contents import Contents, contents
from tests.integration.faults.night import Night, Place
from tests.workbooks import TRAINING, grid, xlsx
from warehouse import mart
from warehouse.checksum import checksum
from warehouse.engine import Engine, open_engine

# The bulletin of March is due.
DAY = date(2021, 4, 20)
_numbers = itertools.count(1)
BAD = xlsx(
    台账=grid("training", {**TRAINING, "participants": "约30"}, head=("填报单位：唐山镇", "所属月份：2021年3月"))
)
BEFORE = {"二月.xlsx": trainings(40, 50, month="2021-02"), "三月.xlsx": trainings(30)}
ARRIVING = {
    "三月更正.xlsx": trainings(30, 31, version=2),
    "唐山镇/2021-02/二月.xlsx": trainings(20, month="2021-02", unit="唐山镇"),
    "唐山镇/2021-03/三月.xlsx": BAD,
    "说明.pdf": b"%PDF-1.4",
    "二月又一份.xlsx": trainings(40, 50, month="2021-02"),
}


@dataclass(frozen=True)
class State:
    """All that a night leaves: the warehouse without ids and times, the mart, and the files for people."""

    warehouse: Contents
    files: Counter[str]
    publication: str
    outbox: dict[str, bytes]
    reports: tuple[str, ...]


@dataclass
class Office:
    """The home and the warehouse of one test."""

    place: Place
    engine: Engine

    @property
    def inbox(self) -> Path:
        return self.place.home / "inbox"

    def put(self, files: dict[str, bytes]) -> None:
        for name, content in files.items():
            path = self.inbox / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    def night(self) -> str | None:
        """A whole night without a fault; why it failed."""
        with Night(self.place) as night:
            return night.end()

    def state(self) -> State:
        home = self.place.home
        outbox = {name: content for name, content in _files(home / "outbox").items() if Path(name).name[0] != "."}
        ledger = home / "outbox" / ".returned.json"
        kept = json.loads(ledger.read_text()) if ledger.is_file() else {}
        return State(
            warehouse=contents(self.engine),
            files=Counter(self._column("SELECT concat(sha256, ' ', name) FROM core.file")),
            publication=self._publication(),
            outbox=outbox | {stem: each["ending"].encode() for stem, each in kept.items()},
            reports=tuple(name for name in _files(home / "reports") if name[0] != "."),
        )

    def _publication(self) -> str:
        """What the latest publication is sealed with, which has to be what its values give."""
        with self.engine.connect() as connection:
            latest = sa.select(mart.publication).order_by(mart.publication.c.publication_id.desc()).limit(1)
            row = connection.execute(latest).one()
            assert checksum(connection, row.publication_id) == row.checksum
            return str(row.checksum)

    def _column(self, statement: str) -> list[str]:
        with self.engine.connect() as connection:
            return list(connection.execute(sa.text(statement)).scalars())

    def run(self, statement: str) -> None:
        """Run a statement by itself, which the night's own sessions never see."""
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text(statement))


def _files(folder: Path) -> dict[str, bytes]:
    return {f"{path.relative_to(folder)}": path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@dataclass(frozen=True)
class Offices:
    """The office after its first night, to be copied."""

    server_url: str
    database: str
    home: Path
    register: Register

    @contextmanager
    def copy(self, inbox: Sequence[str] = ()) -> Iterator[Office]:
        """An office of its own."""
        name = _new_name()
        home = self.home.with_name(name)
        shutil.copytree(self.home, home)
        with _office(self.server_url, name, self.database, Place(home, "", DAY, self.register)) as office:
            office.place = replace(office.place, inbox=tuple(inbox))
            yield office


@contextmanager
def offices(server_url: str, template: str, folder: Path, register: Register) -> Iterator[Offices]:
    """Let the first night run."""
    name = _new_name()
    place = Place(folder / name, "", date(2021, 4, 8), register)
    with _office(server_url, name, template, place) as office:
        office.put(BEFORE)
        assert office.night() is None
        office.put(ARRIVING)
        office.engine.dispose()
        yield Offices(server_url, name, office.place.home, register)


@contextmanager
def _office(server_url: str, name: str, template: str, place: Place) -> Iterator[Office]:
    on_server(server_url, f"CREATE DATABASE {name} TEMPLATE {template}")
    url = database_url(server_url, name)
    engine = open_engine(url)
    try:
        yield Office(replace(place, url=url), engine)
    finally:
        engine.dispose()
        on_server(server_url, f"DROP DATABASE {name} WITH (FORCE)")
        shutil.rmtree(place.home, ignore_errors=True)


def _new_name() -> str:
    return f"huizong_fault_{uuid.uuid4().hex[:12]}_{next(_numbers)}"
