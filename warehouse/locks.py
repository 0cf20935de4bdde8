"""The locks of months: a night and a backfill that want the same one take turns, and the later says for whom it waits.

Whoever needs several takes them all at once, the oldest first, and before ``engine.lock_writers``: so nobody waits for
somebody who waits for him. They end with the transaction, also when its connection dies.
"""

import logging
from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from schemas.calendar import SHANGHAI
from warehouse.scripts import query

_logger = logging.getLogger(__name__)
# PostgreSQL replaces what is not ASCII in the name of a session.
_NIGHT, _BACKFILL, _PREVIEW = "huizong night", "huizong backfill", "huizong preview"


def name_night(connection: Connection) -> None:
    """Let others see, until the transaction ends, that a night holds its locks."""
    _name(connection, _NIGHT)


def name_backfill(connection: Connection, backfill_id: int | None) -> None:
    """Let others see, until the transaction ends, which backfill holds its locks; None is a preview."""
    _name(connection, _PREVIEW if backfill_id is None else f"{_BACKFILL} {backfill_id}")


def lock_months(connection: Connection, months: Iterable[date]) -> None:
    """Wait until nobody else works on any of these months, and keep others out until the transaction ends."""
    for month in sorted(set(months)):
        name = f"huizong:month:{month:%Y-%m}"
        key = sa.func.hashtextextended(name, 0)
        if not connection.execute(sa.select(sa.func.pg_try_advisory_xact_lock(key))).scalar_one():
            _logger.warning("等待%s完成 %s", _holder(connection, name), f"{month:%Y-%m}")
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(key)))


def _name(connection: Connection, name: str) -> None:
    connection.execute(sa.select(sa.func.set_config("application_name", name, sa.true())))


def _holder(connection: Connection, lock_name: str) -> str:
    """Who holds a lock, in words; without the right to see it, somebody."""
    found = connection.execute(query("month_lock_holder"), {"lock_name": lock_name}).first()
    if found is None or not found.application_name:
        return "另一项任务"
    kind, _, number = found.application_name.removeprefix("huizong ").partition(" ")
    titles = {"night": "夜间汇总", "backfill": f"第 {number} 次回填", "preview": "回填预演"}
    since = f"（自 {found.xact_start.astimezone(SHANGHAI):%H:%M:%S}）" if found.xact_start else ""
    return titles.get(kind, "另一项任务") + since
