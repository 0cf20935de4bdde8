"""Readers of the mart who check whatever they see: it is one publication, whole, and none older than the last one."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from warehouse.checksum import hashes, sums, written
from warehouse.edition import latest_edition
from warehouse.engine import Connection, Engine
from warehouse.errors import WarehouseError
from warehouse.mart import indicator_value, publication
from warehouse.roles import READER

# Seconds between the looks of one reader: people who look at a dashboard do not look all the time.
PAUSE = 0.2
# The fingerprint of what the view shows beside the one that its publication was sealed with: one statement, as a
# dashboard asks.
_HASHED = hashes(indicator_value, indicator_value.c.publication_id)
_SEALED = sa.select(publication.c.checksum).order_by(publication.c.publication_id.desc()).limit(1).scalar_subquery()
_SEEN = sa.select(_HASHED.c.publication_id, _SEALED.label("sealed"), *sums(_HASHED)).group_by(_HASHED.c.publication_id)


@dataclass
class Readers:
    """How often was read, which publications were seen, and what was wrong."""

    engine: Engine
    reads: int = 0
    seen: set[int] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def read_statements(self) -> None:
        """One statement after the other, each of which sees what is published when it begins."""
        with self.engine.connect() as connection:
            connection.execute(sa.text(f"SET ROLE {READER}"))
            connection.commit()
            last = 0
            while not self._over.wait(PAUSE):
                rows = connection.execute(_SEEN).all()
                connection.commit()
                last = self._saw(last, rows)

    def read_editions(self) -> None:
        """Several statements of one transaction, as the bulletin is made: all of them see the same."""
        last = 0
        while not self._over.wait(PAUSE):
            try:
                with latest_edition(self.engine) as (connection, edition):
                    counts = {_count(connection) for _ in range(3)}
                    rows = connection.execute(_SEEN).all()
            except WarehouseError:
                if last:
                    raise
                # Nothing was published yet.
                continue
            if len(counts) > 1 or {row[0] for row in rows} - {edition.publication}:
                self.wrong.append(f"a transaction saw {counts} values of {rows}, edition {edition.publication}")
            last = self._saw(last, rows)

    def stop(self) -> None:
        self._over.set()

    def _saw(self, last: int, rows: Sequence[sa.Row[Any]]) -> int:
        latest = max((row[0] for row in rows), default=last)
        with self._lock:
            self.reads += 1
            self.seen.add(latest)
            if len(rows) > 1 or latest < last or any(row.sealed != written(row[2:]) for row in rows):
                self.wrong.append(f"after {last}: {rows}")
        return latest


def _count(connection: Connection) -> int:
    return connection.execute(sa.select(sa.func.count()).select_from(indicator_value)).scalar_one()


@contextmanager
def reading(engine: Engine, count: int) -> Iterator[Readers]:
    """So many readers while the body runs, half of each kind; what one raises is wrong as well."""
    own = sa.create_engine(engine.url, poolclass=NullPool)
    readers = Readers(own)
    threads = [
        threading.Thread(target=_guarded, args=(readers, [readers.read_statements, readers.read_editions][place % 2]))
        for place in range(count)
    ]
    for thread in threads:
        thread.start()
    try:
        yield readers
    finally:
        readers.stop()
        for thread in threads:
            thread.join()


def _guarded(readers: Readers, read: Callable[[], None]) -> None:
    try:
        read()
    except Exception as error:  # noqa: BLE001 -- whatever it is, a reader met it
        readers.wrong.append(f"{type(error).__name__}: {error}")
