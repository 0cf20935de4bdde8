"""Backfills: months that an administrator has read again from the archive, each in one transaction and once.

Who has a month's lock reads its files, replays them, publishes what follows and notes that the month is done; a
transaction that does not end well leaves nothing. A preview does the same in one transaction that is taken back.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from schemas.batch import Batch
from schemas.period import Period, add_months
from warehouse import tables as t
from warehouse.audit import Act
from warehouse.backfill_tables import backfill, backfill_month
from warehouse.engine import lock_writers
from warehouse.errors import WarehouseError
from warehouse.locks import lock_months, name_backfill
from warehouse.publish import publish_in
from warehouse.readings import Selection, files_of
from warehouse.replay import Order, Replay, replay
from warehouse.scripts import query
from warehouse.values import Figure, number

Read = Callable[[pd.DataFrame], Batch]
"""Reads and validates those of these files that are still in the archive."""


@dataclass(frozen=True)
class Wanted:
    """What is to be read again: months from first to last, of all or of one form or unit; closed ones if ``reopen``."""

    first: date
    last: date
    form: str | None
    unit_code: str | None
    reopen: bool

    @property
    def months(self) -> list[date]:
        """The months, the oldest first: later ones are judged by what the earlier ones say."""
        count = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        return [add_months(self.first, step) for step in range(count)]

    def of(self, month: date) -> Selection:
        """What is wanted of a month."""
        return Selection(month, self.form, self.unit_code)


@dataclass(frozen=True)
class Backfill:
    """A backfill that was begun: its number (None: a preview), what is wanted, by whom and why, and what is left."""

    backfill_id: int | None
    wanted: Wanted
    act: Act
    code_version: str
    left: tuple[date, ...]

    @property
    def order(self) -> Order:
        """Whose replay its months are."""
        return Order(self.backfill_id, self.act)


@dataclass(frozen=True)
class ValueChange:
    """A published value before and after; None where there is none."""

    indicator: str
    unit_code: str
    period: Period
    dimension: str
    member: str
    before: Figure
    after: Figure


@dataclass(frozen=True)
class MonthDone:
    """What became of a month: submissions, values, and the publication (None: nothing that is published changed)."""

    month: date
    replay: Replay
    publication: int | None
    values: tuple[ValueChange, ...]


def begin(engine: Engine, wanted: Wanted, act: Act, code_version: str) -> Backfill:
    """Write down that a backfill begins.

    Raises:
        WarehouseError: a month is closed and not to be changed all the same.
    """
    with engine.begin() as connection:
        refuse_closed(connection, wanted)
        row = {
            "from_month": wanted.first,
            "to_month": wanted.last,
            "form": wanted.form,
            "unit_code": wanted.unit_code,
            "reopen": wanted.reopen,
            "who": act.who,
            "why": act.why,
            "fingerprint": sa.select(t.setup.c.fingerprint).scalar_subquery(),
            "started_at": sa.func.clock_timestamp(),
        }
        number = connection.execute(sa.insert(backfill).values(row).returning(backfill.c.backfill_id)).scalar_one()
    return Backfill(number, wanted, act, code_version, tuple(wanted.months))


def resume(engine: Engine, backfill_id: int, code_version: str) -> Backfill:
    """A backfill that was cut short, with the months that are left.

    Raises:
        WarehouseError: there is none of this number that is not finished; or forms or rules are others than when it
            began.
    """
    with engine.connect() as connection:
        found = connection.execute(sa.select(backfill).where(backfill.c.backfill_id == backfill_id)).mappings().first()
        if found is None or found["finished_at"]:
            raise WarehouseError(f"没有第 {backfill_id} 次未完成的回填。{_unfinished(connection)}")
        wanted = Wanted(*(found[name] for name in ("from_month", "to_month", "form", "unit_code", "reopen")))
        program = connection.execute(sa.select(t.setup.c.fingerprint)).scalar_one()
        if found["fingerprint"] != program:
            raise WarehouseError(
                f"第 {backfill_id} 次回填开始以后，程序、报表定义、规则或单位名录有了变动，不能接着做；"
                f"请重新回填：huizong backfill {wanted.first:%Y-%m} {wanted.last:%Y-%m}"
            )
        refuse_closed(connection, wanted)
        done = set(connection.execute(_done_months(backfill_id)).scalars())
    left = tuple(month for month in wanted.months if month not in done)
    return Backfill(backfill_id, wanted, Act(found["who"], found["why"]), code_version, left)


def finish(engine: Engine, backfill_id: int) -> None:
    """Write down that nothing of a backfill is left."""
    with engine.begin() as connection:
        this = sa.update(backfill).where(backfill.c.backfill_id == backfill_id)
        connection.execute(this.values(finished_at=sa.func.clock_timestamp()))


def replay_month(
    engine: Engine, asked: Backfill, month: date, read: Read, others: Collection[int] = ()
) -> MonthDone | None:
    """Replay a month and publish what follows, in one transaction; None when another process did it meanwhile.

    Args:
        engine: the warehouse.
        asked: the backfill.
        month: one of those that are left.
        read: see ``Read``.
        others: files that belong to no unit or month yet and are of this month as they are read today.

    Raises:
        WarehouseError: the month was closed meanwhile, or the values did not pass the audit; nothing was changed.
    """
    with engine.begin() as connection:
        name_backfill(connection, asked.backfill_id)
        lock_months(connection, [month])
        is_done = _done_months(asked.backfill_id).where(backfill_month.c.month == month)
        if connection.execute(is_done).first():
            return None
        done = _replay(connection, asked, month, read, others)
        summary = {
            "changed": [each.outcome for each in done.replay.changed],
            "missing": len(done.replay.missing),
            "values": len(done.values),
            "publication": done.publication,
        }
        line = {"backfill_id": asked.backfill_id, "month": month, "finished_at": sa.func.clock_timestamp()}
        connection.execute(sa.insert(backfill_month).values({**line, "summary": summary}))
    return done


@contextmanager
def preview(engine: Engine, asked: Backfill) -> Iterator[Callable[[date, Read, Collection[int]], MonthDone]]:
    """Replays months as ``replay_month`` does, one after the other in a transaction that is taken back at the end.

    Others who write wait as long as it lasts.

    Raises:
        WarehouseError: a month is closed and not to be changed all the same.
    """
    with engine.connect() as connection, connection.begin() as transaction:
        refuse_closed(connection, asked.wanted)
        name_backfill(connection, None)
        lock_months(connection, asked.left)
        yield lambda month, read, others: _replay(connection, asked, month, read, others)
        transaction.rollback()


def refuse_closed(connection: Connection, wanted: Wanted) -> None:
    """Make sure that no month is closed, unless closed ones are to be changed too.

    Raises:
        WarehouseError: some are; it names them.
    """
    is_closed = sa.and_(t.month.c.state == "closed", t.month.c.month.between(wanted.first, wanted.last))
    closed = connection.execute(sa.select(t.month.c.month).where(is_closed).order_by(t.month.c.month)).scalars().all()
    if closed and not wanted.reopen:
        months = "、".join(f"{month:%Y-%m}" for month in closed)
        raise WarehouseError(f"{months} 已经封账，没有回填任何月份；确需改动已封账的月份，请加 --reopen --reason 理由")


def _replay(connection: Connection, asked: Backfill, month: date, read: Read, others: Collection[int]) -> MonthDone:
    """The work on a month, in a transaction that has its lock."""
    selection = asked.wanted.of(month)
    files = files_of(connection, selection, others)
    batch = read(files)
    lock_writers(connection)
    refuse_closed(connection, Wanted(month, month, None, None, asked.wanted.reopen))
    done = replay(connection, selection, files, batch, asked.order)
    published = publish_in(connection, asked.code_version).publication_id if done.changed else None
    values = _changed_values(connection, published) if published else ()
    # What is computed with would else stay until the transaction ends, in the way of the next month of a preview.
    connection.execute(sa.text("DISCARD TEMP"))
    return MonthDone(month, done, published, values)


def _changed_values(connection: Connection, publication_id: int) -> tuple[ValueChange, ...]:
    rows = connection.execute(query("values_changed"), {"publication": publication_id}).mappings()
    return tuple(
        ValueChange(
            row["indicator_id"],
            row["unit_code"],
            Period(row["period_kind"], row["start_on"], row["end_on"]),
            row["dimension"],
            row["member"],
            number(row["value_before"]),
            number(row["value_after"]),
        )
        for row in rows
    )


def _done_months(backfill_id: int | None) -> sa.Select[tuple[date]]:
    return sa.select(backfill_month.c.month).where(backfill_month.c.backfill_id == backfill_id)


def _unfinished(connection: Connection) -> str:
    """Which backfills can be gone on with, in words."""
    done = sa.select(sa.func.count()).where(backfill_month.c.backfill_id == backfill.c.backfill_id).scalar_subquery()
    left = sa.select(backfill, done.label("done")).where(backfill.c.finished_at.is_(None))
    rows = connection.execute(left.order_by(backfill.c.backfill_id)).mappings().all()
    if not rows:
        return "所有回填都已完成。"
    listed = [
        f"第 {row['backfill_id']} 次（{row['from_month']:%Y-%m} 至 {row['to_month']:%Y-%m}，已完成 {row['done']} 个月）"
        for row in rows
    ]
    return f"未完成的有：{'、'.join(listed)}"
