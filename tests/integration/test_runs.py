"""The log of nights."""

from datetime import date

import sqlalchemy as sa

from warehouse import tables as t
from warehouse.engine import Engine
from warehouse.runs import finish_run, start_run


def test_a_night_that_was_cut_short_has_no_end(engine: Engine) -> None:
    whole, cut = start_run(engine, date(2021, 7, 8)), start_run(engine, date(2021, 7, 9))
    finish_run(engine, whole, {"files": 3})
    with engine.connect() as connection:
        rows = {row["run_id"]: row for row in connection.execute(sa.select(t.run)).mappings()}
    assert rows[whole]["summary"] == {"files": 3}
    assert rows[whole]["finished_at"] >= rows[whole]["started_at"]
    assert (rows[cut]["finished_at"], rows[cut]["today"]) == (None, date(2021, 7, 9))
