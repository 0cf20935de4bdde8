"""Which files are already here: a file is known by its content and its name. And where each was last seen."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.engine import Connection, Engine

from warehouse.tables import file, seen

Pair = tuple[str, str]
"""The sha256 and the name of a file."""


@dataclass(frozen=True)
class Seen:
    """What was fetched from a place of a source: the files that came of it, when it bore this mark."""

    source: str
    path: str
    mark: str
    files: tuple[Pair, ...]


@dataclass(frozen=True)
class Known:
    """The files that were ever loaded, rejected ones included, and what was seen, by source and path.

    What was seen and is not among the files was fetched by a night that was cut short.
    """

    files: Set[Pair] = frozenset()
    seen: Mapping[tuple[str, str], Seen] = field(default_factory=dict)


def known_files(engine: Engine) -> Known:
    """All that is known."""
    with engine.connect() as connection:
        files = {(sha256, name) for sha256, name in connection.execute(sa.select(file.c.sha256, file.c.name))}
        rows = connection.execute(sa.select(seen.c.source, seen.c.path, seen.c.mark, seen.c.files))
        places = {(row.source, row.path): Seen(row.source, row.path, row.mark, _pairs(row.files)) for row in rows}
    return Known(files, places)


def _pairs(kept: Sequence[Sequence[str]]) -> tuple[Pair, ...]:
    return tuple((sha256, name) for sha256, name in kept)


def remember(engine: Engine, places: Sequence[Seen]) -> None:
    """Keep what was seen, instead of what was seen in the same places before."""
    if not places:
        return
    statement = insert(seen)
    statement = statement.on_conflict_do_update(
        index_elements=[seen.c.source, seen.c.path],
        set_={"mark": statement.excluded.mark, "files": statement.excluded.files},
    )
    rows = [
        {"source": place.source, "path": place.path, "mark": place.mark, "files": [list(pair) for pair in place.files]}
        for place in places
    ]
    with engine.begin() as connection:
        connection.execute(statement, rows)


def known_among(connection: Connection, sha256s: Sequence[str]) -> set[Pair]:
    """The sha256 and the name of the known files with one of these contents."""
    wanted = file.c.sha256 == sa.any_(sa.literal(list(sha256s), ARRAY(sa.Text)))
    rows = connection.execute(sa.select(file.c.sha256, file.c.name).where(wanted))
    return {(sha256, name) for sha256, name in rows}
