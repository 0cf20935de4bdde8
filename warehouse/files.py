"""Which files are already here: a file is known by its content and its name."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.engine import Connection, Engine

from warehouse.tables import file


def known_files(engine: Engine) -> set[tuple[str, str]]:
    """The sha256 and the name of every file that was ever loaded, rejected ones included."""
    with engine.connect() as connection:
        rows = connection.execute(sa.select(file.c.sha256, file.c.name))
        return {(sha256, name) for sha256, name in rows}


def known_among(connection: Connection, sha256s: Sequence[str]) -> set[tuple[str, str]]:
    """The sha256 and the name of the known files with one of these contents."""
    wanted = file.c.sha256 == sa.any_(sa.literal(list(sha256s), ARRAY(sa.Text)))
    rows = connection.execute(sa.select(file.c.sha256, file.c.name).where(wanted))
    return {(sha256, name) for sha256, name in rows}
