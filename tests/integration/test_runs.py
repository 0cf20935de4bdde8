"""The log of nights: what each did, and what it finds of those before it."""

from datetime import date

import sqlalchemy as sa

from tests.integration.builders import build_batch, report
from tests.integration.facts import STREET, TOWN, training
from warehouse import tables as t
from warehouse.engine import Engine
from warehouse.load import load
from warehouse.runs import Before, Brought, Origin, fail_run, finish_run, nights_before, start_run, what_came


def night(engine: Engine, day: int, origin: Origin = "deployment") -> int:
    """A night of April 2021 that began."""
    return start_run(engine, date(2021, 4, day), origin, "flow run")


def whole_night(engine: Engine, day: int, origin: Origin = "deployment") -> None:
    finish_run(engine, night(engine, day, origin), {})


def test_a_night_that_was_cut_short_has_no_end(engine: Engine) -> None:
    whole, cut = start_run(engine, date(2021, 7, 8)), start_run(engine, date(2021, 7, 9))
    finish_run(engine, whole, {"files": 3})
    with engine.connect() as connection:
        rows = {row["run_id"]: row for row in connection.execute(sa.select(t.run)).mappings()}
    assert rows[whole]["summary"] == {"files": 3}
    assert rows[whole]["finished_at"] >= rows[whole]["started_at"]
    assert (rows[cut]["finished_at"], rows[cut]["today"]) == (None, date(2021, 7, 9))


def test_the_first_night_has_missed_nothing(engine: Engine) -> None:
    assert nights_before(engine, night(engine, 6)) == Before((), ())


def test_days_without_a_scheduled_night_are_missed_until_one_comes_to_its_end(engine: Engine) -> None:
    whole_night(engine, 6)
    late = night(engine, 9)
    assert nights_before(engine, late).missed == (date(2021, 4, 7), date(2021, 4, 8))
    finish_run(engine, late, {})
    assert nights_before(engine, night(engine, 9)).missed == ()
    assert nights_before(engine, night(engine, 10)).missed == ()


def test_a_night_that_failed_was_missed_too_and_is_told_as_unfinished(engine: Engine) -> None:
    whole_night(engine, 6)
    failed = night(engine, 7)
    fail_run(engine, failed, "指标审核未通过")
    before = nights_before(engine, night(engine, 8))
    with engine.connect() as connection:
        began = connection.execute(sa.select(t.run.c.started_at).where(t.run.c.run_id == failed)).scalar_one()
    assert before == Before((date(2021, 4, 7),), (began,))


def test_a_night_run_by_hand_neither_misses_days_nor_ends_the_gap(engine: Engine) -> None:
    whole_night(engine, 6)
    whole_night(engine, 8, "command")
    assert nights_before(engine, night(engine, 9, "command")).missed == ()
    assert nights_before(engine, night(engine, 9)).missed == (date(2021, 4, 7), date(2021, 4, 8))


def test_what_a_night_brought_is_told_by_unit_and_form(engine: Engine) -> None:
    row = training("2021-03-05")
    load(engine, build_batch(report("training", STREET, "2021-02")), run_id=night(engine, 6))
    run_id = night(engine, 7)
    came = (
        report("training", STREET, "2021-03", row),
        report("training", STREET, "2021-03", row, row, version=2),
        report("training", STREET, "2021-01", row, errors=["甲错", "乙错"]),
        report("incident", TOWN, "2021-03"),
    )
    load(engine, build_batch(*came), run_id=run_id)
    of_street = Brought(
        STREET, "training", (date(2021, 1, 1), date(2021, 3, 1)), (date(2021, 1, 1),), 2, 1, 0, 0, 3, 2, 0
    )
    of_town = Brought(TOWN, "incident", (date(2021, 3, 1),), (), 1, 0, 0, 0, 0, 0, 0)
    assert what_came(engine, run_id) == [of_street, of_town]
