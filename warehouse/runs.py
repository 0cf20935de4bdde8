"""The log of nights: when each began and ended, who started it, what it did or why it failed.

One with neither an end nor a failure was cut short, or still runs.
"""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from warehouse import tables as t
from warehouse.engine import Engine
from warehouse.scripts import query

Origin = Literal["deployment", "command"]


@dataclass(frozen=True)
class Before:
    """What a night finds of those before it.

    ``missed`` are the days since the last scheduled night that came to its end on which none did; this night makes up
    for them. ``unfinished`` are the starts of nights that began since the last one that came to its end and did not.
    """

    missed: tuple[date, ...]
    unfinished: tuple[datetime, ...]


@dataclass(frozen=True)
class Brought:
    """What a night brought of one form of one unit: submissions by what became of them, and their rows.

    ``unit_code`` and ``months`` are empty where none was found; ``rejected_months`` are those of what went back.
    """

    unit_code: str | None
    form: str
    months: tuple[date, ...]
    rejected_months: tuple[date, ...]
    accepted: int
    rejected: int
    held: int
    identical: int
    row_count: int
    errors: int
    warnings: int


def start_run(engine: Engine, today: date, origin: Origin = "command", flow_run: str | None = None) -> int:
    """Records that a night began, and as which of Prefect's flow runs; its number."""
    row = {"started_at": sa.func.clock_timestamp(), "today": today, "origin": origin, "flow_run": flow_run}
    with engine.begin() as connection:
        run_id: int = connection.execute(sa.insert(t.run).values(row).returning(t.run.c.run_id)).scalar_one()
    return run_id


def finish_run(engine: Engine, run_id: int, summary: Mapping[str, object]) -> None:
    """Records that a night came to its end, with its counts."""
    row = {"finished_at": sa.func.clock_timestamp(), "summary": dict(summary)}
    with engine.begin() as connection:
        connection.execute(sa.update(t.run).where(t.run.c.run_id == run_id).values(row))


def fail_run(engine: Engine, run_id: int, failure: str) -> None:
    """Records why a night failed; where the database is what failed, it stands as cut short."""
    with contextlib.suppress(DBAPIError), engine.begin() as connection:
        connection.execute(sa.update(t.run).where(t.run.c.run_id == run_id).values(failure=failure))


def nights_before(engine: Engine, run_id: int) -> Before:
    """What became of the nights before this one; days are missed only where nights come from a deployment."""
    this, other = t.run.alias("this"), t.run.alias("other")
    mine = sa.select(this.c.today, this.c.origin).where(this.c.run_id == run_id)
    earlier = sa.select(other).where(other.c.run_id < run_id)
    with engine.connect() as connection:
        today, origin = connection.execute(mine).one()
        ended = earlier.with_only_columns(sa.func.max(other.c.run_id)).where(other.c.finished_at.is_not(None))
        last = connection.execute(ended).scalar_one() or 0
        unfinished = earlier.with_only_columns(other.c.started_at).where(other.c.run_id > last).order_by(other.c.run_id)
        starts = tuple(connection.execute(unfinished).scalars())
        by_schedule = earlier.with_only_columns(sa.func.max(other.c.today)).where(
            other.c.finished_at.is_not(None), other.c.origin == "deployment"
        )
        since: date | None = connection.execute(by_schedule).scalar_one() if origin == "deployment" else None
    return Before(tuple(_days_between(since or today, today)), starts)


def _days_between(first: date, last: date) -> Iterator[date]:
    """The days after the first and before the last."""
    return (first + timedelta(days=n) for n in range(1, (last - first).days))


def what_came(engine: Engine, run_id: int) -> list[Brought]:
    """What a night brought, a line a unit and form."""
    with engine.connect() as connection:
        rows = connection.execute(query("what_came"), {"night": run_id}).mappings()
        return [
            Brought(**{**row, **{name: tuple(row[name]) for name in ("months", "rejected_months")}}) for row in rows
        ]
