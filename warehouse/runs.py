"""The log of nights: when each began and ended, and what it did. One without an end was cut short."""

from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa

from warehouse import tables as t
from warehouse.engine import Engine


def start_run(engine: Engine, today: date) -> int:
    """Records that a night began; its number."""
    row = {"started_at": sa.func.clock_timestamp(), "today": today}
    with engine.begin() as connection:
        run_id: int = connection.execute(sa.insert(t.run).values(row).returning(t.run.c.run_id)).scalar_one()
    return run_id


def finish_run(engine: Engine, run_id: int, summary: Mapping[str, object]) -> None:
    """Records that a night came to its end, with its counts."""
    row = {"finished_at": sa.func.clock_timestamp(), "summary": dict(summary)}
    with engine.begin() as connection:
        connection.execute(sa.update(t.run).where(t.run.c.run_id == run_id).values(row))
