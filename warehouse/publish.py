"""Write, audit, publish: the candidate becomes the published values in one transaction, or nothing changes.

Every publication is kept: a value is written once, with the publications from which and until which it stood.
"""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from schemas.calendar import SHANGHAI
from warehouse.clock import next_moment
from warehouse.compute import compute_changed
from warehouse.engine import lock_writers
from warehouse.gate import audit
from warehouse.mart import KEY, VALUE, publication, published_value
from warehouse.scripts import query
from warehouse.working import candidate, needed

_is_current = published_value.c.to_publication.is_(None)


@dataclass(frozen=True)
class Published:
    """The outcome: the new publication (None when no value changed), the number of values, and how many changed."""

    publication_id: int | None
    values: int
    changed: int


def publish(engine: Engine, code_version: str, at: datetime | None = None, day: date | None = None) -> Published:
    """Compute every value and publish them all, unless none changed; readers see the old ones or the new ones.

    Args:
        engine: the warehouse.
        code_version: of the program that computes.
        at: the moment as of which a night is played, see ``clock.next_moment``; None is now.
        day: the day of the publication; None is the day of its moment in Shanghai.

    Raises:
        GateFailed: the candidate did not pass the audit; what was published before stands.
    """
    with engine.begin() as connection:
        lock_writers(connection)
        return _publish(connection, code_version, at, day)


def _publish(
    connection: Connection, code_version: str, at: datetime | None = None, day: date | None = None
) -> Published:
    compute_changed(connection)
    changed = connection.execute(_count_changes()).scalar_one()
    values = connection.execute(_count_values()).scalar_one()
    if not changed:
        return Published(None, values, 0)
    audit(connection)
    # Nobody else writes meanwhile: what is known at this moment is what the candidate was computed from.
    moment = next_moment(connection, at)
    about = {"code_version": code_version, "day": day or moment.astimezone(SHANGHAI).date()}
    publication_id = _record(connection, published_at=moment, values=values, changed=changed, **about)
    _replace(connection, publication_id)
    _seal(connection, publication_id)
    return Published(publication_id, values, changed)


def checksum(connection: Connection, publication_id: int) -> str:
    """The fingerprint of a publication's values; as long as nobody touched them, the one that it was published with."""
    found: str = connection.execute(query("checksum"), {"publication": publication_id}).scalar_one()
    return found


def _is_computed() -> sa.ColumnElement[bool]:
    """Whether a published value is of an indicator and a period that were computed; the others stand."""
    names = ("indicator_id", "period_kind", "start_on", "end_on")
    same = (needed.c[name] == published_value.c[name] for name in names)
    return sa.and_(_is_current, sa.exists().where(needed.c.is_wanted, *same))


def _count_values() -> sa.Select[int]:
    """How many values there are: those that were computed, and those that stand."""
    counts = (
        sa.select(sa.func.count()).select_from(candidate).scalar_subquery(),
        sa.select(sa.func.count()).where(_is_current, ~_is_computed()).scalar_subquery(),
    )
    return sa.select(counts[0] + counts[1])


def _is_same_place() -> sa.ColumnElement[bool]:
    return sa.and_(_is_current, *(candidate.c[name] == published_value.c[name] for name in KEY))


def _differs() -> sa.ColumnElement[bool]:
    return sa.or_(*(candidate.c[column.name].is_distinct_from(column) for column in VALUE))


def _count_changes() -> sa.Select[int]:
    """How many values are new, gone or different."""
    current = sa.select(published_value).where(_is_computed()).subquery()
    same_place = sa.and_(*(candidate.c[name] == current.c[name] for name in KEY))
    is_changed = sa.or_(*(column.is_distinct_from(current.c[column.name]) for column in candidate.c))
    both = candidate.join(current, same_place, full=True)
    return sa.select(sa.func.count()).select_from(both).where(is_changed)


def _record(connection: Connection, **about: object) -> int:
    """Write the publication, which has no checksum yet, and give its number."""
    statement = sa.insert(publication).values(**about, checksum="").returning(publication.c.publication_id)
    publication_id: int = connection.execute(statement).scalar_one()
    return publication_id


def _replace(connection: Connection, publication_id: int) -> None:
    """End what is gone or different, and begin what is new or different."""
    stays = sa.exists().where(_is_same_place(), ~_differs())
    ended = sa.update(published_value).where(_is_computed(), ~stays).values(to_publication=publication_id)
    connection.execute(ended)
    rows = sa.select(*candidate.c, sa.literal(publication_id)).where(~sa.exists().where(_is_same_place()))
    names = [column.name for column in candidate.c]
    connection.execute(sa.insert(published_value).from_select([*names, "from_publication"], rows))


def _seal(connection: Connection, publication_id: int) -> None:
    this_one = publication.c.publication_id == publication_id
    connection.execute(sa.update(publication).where(this_one).values(checksum=checksum(connection, publication_id)))
