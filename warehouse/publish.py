"""Write, audit, publish: the candidate takes the place of the published values in one transaction, or nothing does."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from warehouse import tables as t
from warehouse.compute import candidate, compute
from warehouse.engine import know_as_of, lock_writers
from warehouse.gate import audit
from warehouse.scripts import query


@dataclass(frozen=True)
class Published:
    """The outcome: the new publication (None when no value changed), the number of values, and how many changed."""

    publication_id: int | None
    values: int
    changed: int


def publish(engine: Engine, code_version: str) -> Published:
    """Compute every value and publish them all, unless none changed; readers see the old ones or the new ones.

    Raises:
        GateFailed: the candidate did not pass the audit; what was published before stands.
    """
    with engine.begin() as connection:
        lock_writers(connection)
        return _publish(connection, code_version)


def _publish(connection: Connection, code_version: str) -> Published:
    published_at = _take_stock(connection)
    compute(connection)
    values = connection.execute(sa.select(sa.func.count()).select_from(candidate)).scalar_one()
    changed = connection.execute(_count_changes()).scalar_one()
    if not changed:
        return Published(None, values, 0)
    audit(connection)
    publication_id = _record(connection, published_at, code_version, values, changed)
    _replace(connection, publication_id)
    return Published(publication_id, values, changed)


def _take_stock(connection: Connection) -> datetime:
    """The moment of the publication, to which the views are set: what it is made from can be read again later.

    Without it the views would show what was known when the transaction began, which may have waited for a load.
    """
    loaded = sa.select(sa.func.max(t.submission.c.recorded_from)).scalar_subquery()
    moment: datetime = connection.execute(sa.select(sa.func.greatest(sa.func.clock_timestamp(), loaded))).scalar_one()
    know_as_of(connection, moment)
    return moment


def _count_changes() -> sa.Select[int]:
    """How many values are new, gone or different."""
    published = t.indicator_value
    same_place = sa.and_(*(column == published.c[column.name] for column in candidate.primary_key))
    is_changed = sa.or_(*(column.is_distinct_from(published.c[column.name]) for column in candidate.c))
    both = candidate.join(published, same_place, full=True)
    return sa.select(sa.func.count()).select_from(both).where(is_changed)


def _record(connection: Connection, published_at: datetime, code_version: str, values: int, changed: int) -> int:
    """Write the publication and give its number."""
    checksum = connection.execute(query("checksum")).scalar_one()
    row = {
        "published_at": published_at,
        "code_version": code_version,
        "checksum": checksum,
        "values": values,
        "changed": changed,
    }
    statement = sa.insert(t.publication).values(row).returning(t.publication.c.publication_id)
    publication_id: int = connection.execute(statement).scalar_one()
    return publication_id


def _replace(connection: Connection, publication_id: int) -> None:
    connection.execute(sa.delete(t.indicator_value))
    columns = [column.name for column in candidate.c]
    rows = sa.select(*candidate.c, sa.literal(publication_id))
    connection.execute(sa.insert(t.indicator_value).from_select([*columns, "publication_id"], rows))
