"""What the view of reporting discipline says of a unit, a form and a month."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from schemas.calendar import due_at
from schemas.form import load_forms
from schemas.unit import Register, build_register
from tests.integration.builders import Report, build_batch, report
from tests.integration.facts import STREET, team, training
from warehouse.acts import Act, close_month, release_month, withdraw
from warehouse.engine import Engine
from warehouse.load import load
from warehouse.setup import prepare
from warehouse.status import month_status

MARCH = date(2021, 3, 1)
# Working day 5 of April 2021 is the 8th, since Qingming is the 3rd to the 5th.
IN_TIME, TOO_LATE = datetime(2021, 4, 8, 9, 29, tzinfo=UTC), datetime(2021, 4, 8, 9, 31, tzinfo=UTC)
ROW = training("2021-03-05")
ACT = Act(who="管理员", why="如所述")


def reporting(engine: Engine, form: str = "training", month: date = MARCH) -> dict[str, Any]:
    statement = "SELECT * FROM mart.reporting WHERE unit_code = :unit AND form = :form AND month = :month"
    with engine.connect() as connection:
        given = {"unit": STREET, "form": form, "month": month}
        return dict(connection.execute(sa.text(statement), given).mappings().one())


def march(*rows: Any, form: str = "training", **said: Any) -> Report:  # noqa: ANN401 -- what report() takes
    return report(form, STREET, "2021-03", *rows, **said)


STATES = [
    pytest.param([march(ROW)], "received", id="data"),
    pytest.param([march()], "zero", id="nothing happened"),
    pytest.param([march(form="incident"), march(ROW, errors=["错"])], "rejected", id="errors"),
    pytest.param([march(ROW), march(ROW, ROW, errors=["错"])], "received", id="a correction with errors"),
    pytest.param([march(ROW, errors=["错"]), march(ROW)], "received", id="a correction without"),
    pytest.param([march(form="incident")], "missing", id="another form"),
]


@pytest.mark.parametrize(("reports", "state"), STATES)
def test_the_state_is_that_of_the_report_in_force_or_else_of_what_came(
    engine: Engine, reports: list[Report], state: str
) -> None:
    for each in reports:
        load(engine, build_batch(each))

    assert reporting(engine)["state"] == state


def test_what_came_for_a_closed_month_is_held_until_it_is_released(engine: Engine) -> None:
    load(engine, build_batch(march(form="incident")))
    close_month(engine, MARCH, ACT)
    load(engine, build_batch(march(ROW)))
    before = reporting(engine)
    release_month(engine, MARCH, ACT)

    assert (before["state"], before["rows"]) == ("held", 0)
    assert (reporting(engine)["state"], reporting(engine)["rows"]) == ("received", 1)


def test_a_held_correction_leaves_the_report_received(engine: Engine) -> None:
    load(engine, build_batch(march(ROW)))
    close_month(engine, MARCH, ACT)
    load(engine, build_batch(march(ROW, training("2021-03-06"), version=2)))

    assert (reporting(engine)["state"], reporting(engine)["rows"]) == ("received", 1)


def test_a_withdrawn_report_is_withdrawn_until_another_comes(engine: Engine) -> None:
    load(engine, build_batch(march(form="incident"), march(ROW), march(ROW, ROW, errors=["错"])))
    withdraw(engine, "training", STREET, MARCH, ACT)
    seen = [reporting(engine)["state"]]
    load(engine, build_batch(march(ROW, name="又错.xlsx", errors=["又错"])))
    seen += [reporting(engine)["state"]]
    load(engine, build_batch(march(ROW, name="好.xlsx")))

    assert [*seen, reporting(engine)["state"]] == ["withdrawn", "rejected", "received"]


def test_a_snapshot_that_did_not_change_is_not_missing(engine: Engine) -> None:
    load(engine, build_batch(report("team_supply", STREET, "2021-02", team("1"))))
    load(engine, build_batch(march(form="team_supply", states={"team": "unchanged"})))

    assert reporting(engine, "team_supply")["state"] == "unchanged"


@pytest.mark.parametrize(("received_at", "is_late"), [(IN_TIME, False), (TOO_LATE, True)])
def test_a_report_is_late_when_it_first_came_after_the_due_time(
    engine: Engine, received_at: datetime, is_late: bool
) -> None:
    load(engine, build_batch(march(ROW, received_at=received_at)))

    found = reporting(engine)
    assert (found["first_received_at"], found["is_late"]) == (received_at, is_late)
    assert found["due_at"] == due_at(MARCH, load_forms()["training"].due_workday)


def test_a_report_that_was_rejected_in_time_and_came_again_late_is_in_time(engine: Engine) -> None:
    load(engine, build_batch(march(ROW, errors=["错"], received_at=IN_TIME)))
    load(engine, build_batch(march(ROW, received_at=TOO_LATE)))

    assert reporting(engine)["is_late"] is False


def test_a_report_that_never_came_is_neither_late_nor_in_time(engine: Engine) -> None:
    load(engine, build_batch(march(form="incident")))

    found = reporting(engine)
    assert (found["state"], found["first_received_at"], found["is_late"]) == ("missing", None, None)


def test_months_of_which_nothing_is_known_are_not_listed(engine: Engine) -> None:
    load(engine, build_batch(report("training", STREET, "2021-02"), report("training", STREET, "2021-04")))

    with engine.connect() as connection:
        months = connection.execute(sa.text("SELECT DISTINCT month FROM mart.reporting ORDER BY month")).scalars().all()
    assert months == [date(2021, 2, 1), MARCH, date(2021, 4, 1)]


def test_a_month_lists_what_is_owed_in_it_and_says_the_same_as_status(engine: Engine) -> None:
    load(engine, build_batch(march(ROW), march(form="incident"), march(form="accident", errors=["错"])))
    load(engine, build_batch(report("training", "340404001", "2021-03", ROW)))
    withdraw(engine, "training", "340404001", MARCH, ACT)
    close_month(engine, MARCH, ACT)
    load(engine, build_batch(report("incident", "340404001", "2021-03")))

    with engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT unit_code, form, state FROM mart.reporting")).all()
    names = {"accepted": "received"}
    owed = [line for line in month_status(engine, MARCH) if line.owed]
    assert sorted(map(tuple, rows)) == sorted(
        (line.unit_code, line.form, names.get(line.state, line.state)) for line in owed
    )
    assert {line.state for line in owed} == {"accepted", "zero", "rejected", "withdrawn", "held", "missing"}


def test_a_unit_that_no_longer_stands_owes_nothing(engine: Engine, register: Register) -> None:
    gone = register.units[STREET].model_copy(update={"valid_to": MARCH})
    load(engine, build_batch(report("training", "340404001", "2021-02"), report("training", "340404001", "2021-03")))
    units = [gone if unit.code == STREET else unit for unit in register.units.values()]
    prepare(engine, build_register(units, register.obligations))

    with engine.connect() as connection:
        statement = "SELECT DISTINCT month FROM mart.reporting WHERE unit_code = :unit"
        months = connection.execute(sa.text(statement), {"unit": STREET}).scalars().all()
    assert months == [date(2021, 2, 1)]
