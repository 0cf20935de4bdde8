"""Write, audit, publish: the candidate becomes the published values in one transaction, or nothing changes.

Every publication is kept: a value is written once, with the publications from which and until which it stood.
"""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from schemas.calendar import SHANGHAI
from warehouse.checksum import Sums, checksum, sealed, sums_of
from warehouse.clock import next_moment
from warehouse.compute import compute_changed
from warehouse.engine import lock_writers
from warehouse.gate import audit
from warehouse.gate_before import look_before
from warehouse.gate_findings import Finding, keep_findings
from warehouse.kept_sums import is_computed
from warehouse.mart import KEY, VALUE, publication, published_value
from warehouse.working import candidate, difference, indicator_setting, needed, period

_is_current = published_value.c.to_publication.is_(None)


@dataclass(frozen=True)
class Published:
    """The outcome: the new publication (None when no value changed), the number of values, and how many changed.

    ``findings`` are what the audit found odd and let pass.
    """

    publication_id: int | None
    values: int
    changed: int
    findings: tuple[Finding, ...] = ()


def publish(
    engine: Engine,
    code_version: str,
    at: datetime | None = None,
    day: date | None = None,
    site: Path | None = None,
) -> Published:
    """Compute every value and publish them all, unless none changed; readers see the old ones or the new ones.

    Args:
        engine: the warehouse.
        code_version: of the program that computes.
        at: the moment as of which a night is played, see ``clock.next_moment``; None is now.
        day: the day of the publication; None is the day of its moment in Shanghai.
        site: the folder of the pages that show the audits; None writes none.

    Raises:
        GateFailed: the candidate did not pass the audit; what was published before stands.
    """
    with engine.begin() as connection:
        lock_writers(connection)
        return publish_in(connection, code_version, at, day, site)


def publish_in(
    connection: Connection,
    code_version: str,
    at: datetime | None = None,
    day: date | None = None,
    site: Path | None = None,
) -> Published:
    """As ``publish``, in a transaction that has the writers' lock already and goes on afterwards."""
    if is_computed(connection):
        return Published(None, _values_before(connection), 0)
    before = look_before(connection)
    is_all_anew = compute_changed(connection)
    changed = find_differences(connection, is_all_anew=is_all_anew)
    values = _count_values(connection)
    if not changed:
        return Published(None, values, 0)
    findings = audit(connection, before, site)
    # Nobody else writes meanwhile: what is known at this moment is what the candidate was computed from.
    moment = next_moment(connection, at)
    about = {"code_version": code_version, "day": day or moment.astimezone(SHANGHAI).date()}
    publication_id = _record(connection, published_at=moment, values=values, changed=changed, **about)
    sums = _replace(connection, publication_id)
    # What was computed anew owes nothing to the values that stood, so that neither does its checksum.
    _seal(connection, publication_id, None if is_all_anew else sums)
    keep_findings(connection, publication_id, findings)
    return Published(publication_id, values, changed, findings)


def find_differences(connection: Connection, *, is_all_anew: bool = True) -> int:
    """Fill ``difference`` with the places whose value is new, gone or another, and tell how many there are.

    Compared are the published values of what was computed and, where all was computed anew, those whose indicator or
    period is there no more: the last report of a month was withdrawn. The others stand.
    """
    of_period = ("indicator_id", "period_kind", "start_on", "end_on")
    is_computed = sa.exists().where(
        needed.c.is_wanted, *(needed.c[each] == published_value.c[each] for each in of_period)
    )
    is_compared = is_computed | ~_still_there() if is_all_anew else is_computed
    current = sa.select(*VALUE).where(_is_current, is_compared).subquery()
    same_place = sa.and_(*(candidate.c[name] == current.c[name] for name in KEY))
    differs = sa.or_(*(candidate.c[column.name].is_distinct_from(current.c[column.name]) for column in VALUE))
    places = sa.select(
        *(sa.func.coalesce(candidate.c[name], current.c[name]) for name in KEY),
        current.c.indicator_id.is_not(None),
        candidate.c.indicator_id.is_not(None),
    )
    found = places.select_from(candidate.join(current, same_place, full=True)).where(differs)
    difference.create(connection, checkfirst=False)
    connection.execute(sa.insert(difference).from_select([column.name for column in difference.c], found))
    connection.execute(sa.text("ANALYZE difference"))
    return connection.execute(sa.select(sa.func.count()).select_from(difference)).scalar_one()


def _still_there() -> sa.ColumnElement[bool]:
    """Whether there still are the indicator and the period of a published value."""
    value = published_value.c
    same_period = (
        period.c.kind == value.period_kind,
        period.c.start_on == value.start_on,
        period.c.end_on == value.end_on,
    )
    has_indicator = sa.exists().where(indicator_setting.c.indicator_id == value.indicator_id)
    return sa.and_(has_indicator, sa.exists().where(*same_period))


def _count_values(connection: Connection) -> int:
    """How many values there are, with those that are about to go and to come."""
    gone, come = (_count(connection, each) for each in (difference.c.was_there, difference.c.is_there))
    return _values_before(connection) - gone + come


def _values_before(connection: Connection) -> int:
    """How many values the latest publication has."""
    last = sa.select(publication.c["values"]).order_by(publication.c.publication_id.desc()).limit(1)
    return connection.execute(last).scalar_one_or_none() or 0


def _count(connection: Connection, which: sa.ColumnElement[bool]) -> int:
    """How many rows of its table meet a condition."""
    return connection.execute(sa.select(sa.func.count()).where(which)).scalar_one()


def _record(connection: Connection, **about: object) -> int:
    """Write the publication, which has no checksum yet, and give its number."""
    statement = sa.insert(publication).values(**about, checksum="").returning(publication.c.publication_id)
    publication_id: int = connection.execute(statement).scalar_one()
    return publication_id


def _replace(connection: Connection, publication_id: int) -> tuple[Sums, Sums]:
    """End what is gone or different, and begin what is new or different; the sums of the hashes of both."""
    there = sa.and_(*(difference.c[name] == published_value.c[name] for name in KEY))
    ended = sa.update(published_value).where(_is_current, difference.c.was_there, there)
    gone = ended.values(to_publication=publication_id).returning(*VALUE).cte("ended")
    here = sa.and_(difference.c.is_there, *(difference.c[name] == candidate.c[name] for name in KEY))
    rows = sa.select(*candidate.c, sa.literal(publication_id)).join(difference, here)
    names = [column.name for column in candidate.c]
    begun = sa.insert(published_value).from_select([*names, "from_publication"], rows)
    return sums_of(connection, gone), sums_of(connection, begun.returning(*VALUE).cte("begun"))


def _seal(connection: Connection, publication_id: int, sums: tuple[Sums, Sums] | None) -> None:
    """Write the checksum: that of the publication before, less what ended, and what began; or of all values."""
    number = publication.c.publication_id
    last = sa.select(publication.c.checksum).where(number < publication_id).order_by(number.desc()).limit(1)
    before = connection.execute(last).scalar_one_or_none()
    added = sealed(before, *sums) if sums else None
    statement = sa.update(publication).where(number == publication_id)
    connection.execute(statement.values(checksum=added or checksum(connection, publication_id)))
