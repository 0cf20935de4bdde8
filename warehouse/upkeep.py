"""What housekeeping does in the warehouse: it says which archived files are old, and vacuums. It deletes nothing."""

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from warehouse import tables as t
from warehouse.engine import Engine
from warehouse.scripts import run_query
from warehouse.server_place import find_place

# A few years of a quiet server's log.
_LARGEST_LOG_BYTES = 16 * 2**20


@dataclass(frozen=True)
class OldFile:
    """What the bytes of an old file are called in the archive, and how many they are."""

    name: str
    size: int


def files_before(engine: Engine, moment: datetime) -> list[OldFile]:
    """The archived files that last arrived, under whatever name and in whatever home, before the moment.

    The later of both times counts: a source may say that a file is older than its arrival.
    """
    last = sa.func.max(sa.func.greatest(t.file.c.recorded_at, t.file.c.received_at))
    name = sa.func.substring(t.file.c.archive, "[^/]*$")
    old = sa.select(name, sa.func.max(t.file.c.size)).group_by(name).having(last < moment)
    with engine.connect() as connection:
        return [OldFile(*row) for row in connection.execute(old.order_by(name))]


def vacuum(engine: Engine) -> None:
    """Give back the space of dead rows and renew the statistics."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        run_query(connection, "vacuum")


def turn_log(data_dir: Path) -> bool:
    """Put the embedded server's log aside as ``server.log.1`` and empty it if it is large; whether it was.

    The server goes on writing to the same file, at its end.
    """
    log = find_place(data_dir).home / "server.log"
    if not log.exists() or log.stat().st_size <= _LARGEST_LOG_BYTES:
        return False
    shutil.copy2(log, log.with_name("server.log.1"))
    with log.open("r+b") as emptied:
        emptied.truncate(0)
    return True
