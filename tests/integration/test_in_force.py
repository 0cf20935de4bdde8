"""Snapshots as they are in force, month by month: what a report without a change leaves standing."""

from datetime import date, datetime

import pytest
import sqlalchemy as sa

from tests.integration.builders import Report, build_batch, report
from tests.integration.facts import STREET, TOWN, plan, supply, team
from warehouse.engine import Engine, know_as_of
from warehouse.load import load


def teams(month: str, *numbers: str, unit: str = STREET, version: int = 1) -> Report:
    return report("team_supply", unit, month, *(team(number) for number in numbers), version=version)


def unchanged(month: str, unit: str = STREET) -> Report:
    return report("team_supply", unit, month, states={"team": "unchanged", "supply": "unchanged"})


def in_force(
    engine: Engine, table: str = "team", cell: str = "team_no", as_of: datetime | None = None
) -> dict[str, str]:
    """The cells in force by month, of one unit."""
    read = sa.text(f"SELECT month, {cell} AS cell FROM form.{table}_in_force WHERE unit_code = :unit ORDER BY 1, 2")
    with engine.connect() as connection:
        if as_of:
            know_as_of(connection, as_of)
        found: dict[str, str] = {}
        for month, text in connection.execute(read, {"unit": STREET}):
            found[f"{month:%Y-%m}"] = found.get(f"{month:%Y-%m}", "") + text
    return found


def test_without_a_change_the_last_snapshot_stays_in_force(engine: Engine) -> None:
    load(
        engine,
        build_batch(teams("2021-01", "A", "B"), unchanged("2021-02"), unchanged("2021-03"), teams("2021-04", "C")),
    )

    assert in_force(engine) == {"2021-01": "AB", "2021-02": "AB", "2021-03": "AB", "2021-04": "C"}


def test_the_rows_lead_back_to_the_report_that_has_them(engine: Engine) -> None:
    load(engine, build_batch(teams("2021-01", "A"), unchanged("2021-02")))

    read = """
        SELECT own.month, here.month, here.source_id = own.source_id, here.source_row = own.source_row
        FROM form.team_in_force AS here INNER JOIN form.team AS own ON here.submission_id = own.submission_id
        ORDER BY here.month
    """
    with engine.connect() as connection:
        rows = [tuple(row) for row in connection.execute(sa.text(read))]
    january, february = date(2021, 1, 1), date(2021, 2, 1)
    assert rows == [(january, january, True, True), (january, february, True, True)]


def test_a_month_of_which_nothing_is_known_has_nothing_in_force(engine: Engine) -> None:
    load(engine, build_batch(teams("2021-01", "A"), unchanged("2021-03")))

    assert in_force(engine) == {"2021-01": "A", "2021-03": "A"}


def test_what_another_unit_has_is_not_in_force_here(engine: Engine) -> None:
    load(engine, build_batch(teams("2021-01", "A"), teams("2021-01", "X", unit=TOWN), unchanged("2021-02")))

    assert in_force(engine) == {"2021-01": "A", "2021-02": "A"}


def test_who_has_nothing_any_more_and_then_no_change_has_nothing(engine: Engine) -> None:
    stocked = {"team": [team("A")], "supply": [supply("铁锹", 9)]}
    emptied = {"team": [team("A")], "supply": []}
    load(
        engine,
        build_batch(
            report("team_supply", STREET, "2021-01", tables=stocked),
            report("team_supply", STREET, "2021-02", tables=emptied),
            unchanged("2021-03"),
        ),
    )

    assert in_force(engine, "supply", "item_name") == {"2021-01": "铁锹"}
    assert in_force(engine) == {"2021-01": "A", "2021-02": "A", "2021-03": "A"}


def test_drills_without_a_change_of_plans(engine: Engine) -> None:
    drills = report("plan_drill", STREET, "2021-02", tables={"drill": []}, states={"plan": "unchanged"})
    load(engine, build_batch(report("plan_drill", STREET, "2021-01", tables={"plan": [plan()], "drill": []}), drills))

    assert in_force(engine, "plan", "plan_no") == {"2021-01": "YA01", "2021-02": "YA01"}


def test_a_correction_of_the_snapshot_is_in_force_in_the_months_after_it(engine: Engine) -> None:
    load(engine, build_batch(teams("2021-01", "A"), unchanged("2021-02")))
    with engine.connect() as connection:
        before = connection.execute(sa.select(sa.func.clock_timestamp())).scalar_one()

    load(engine, build_batch(teams("2021-01", "B", version=2)))

    assert in_force(engine) == {"2021-01": "B", "2021-02": "B"}
    assert in_force(engine, as_of=before) == {"2021-01": "A", "2021-02": "A"}


@pytest.mark.parametrize("state", ["data", "unchanged"])
def test_a_report_of_the_first_version_of_the_program_said_what_it_had(engine: Engine, state: str) -> None:
    load(engine, build_batch(teams("2021-01", "A")))
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE core.submission SET layout = layout #- '{team,state}'"))
    load(engine, build_batch(teams("2021-02", "B") if state == "data" else unchanged("2021-02")))

    assert in_force(engine) == {"2021-01": "A", "2021-02": "B" if state == "data" else "A"}
