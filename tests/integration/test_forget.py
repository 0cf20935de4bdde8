"""People whose time of keeping is over are nowhere in the warehouse, and all that was published stands as it did."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa

from flows.forgetting import forget_old_people
from flows.house import House
from flows.settings import Settings
from schemas.form import load_forms, tables
from schemas.unit import Register
from tests.integration.builders import build_batch, report
from tests.integration.contents import contents
from tests.integration.facts import FIRM, HOUSING, STREET, TOWN, hazard, officer, penalty, team
from tests.integration.filled import SECRETS, reports
from tests.integration.huizong import huizong
from tests.rows import example
from tests.workbooks import grid, xlsx
from warehouse.acts import close_month, release_month
from warehouse.audit import Act, audit_lines
from warehouse.engine import Engine
from warehouse.forget import forget_people
from warehouse.load import load
from warehouse.prefill import rows_to_begin_with
from warehouse.publish import publish
from warehouse.recompute import recompute
from warehouse.same_rows import differing
from warehouse.seal import KeyPlace, use_key

ACT = Act("huizong", "HUIZONG_PERSONAL_MONTHS=24")
FEBRUARY, MARCH, APRIL = date(2021, 2, 1), date(2021, 3, 1), date(2021, 4, 1)


def forget(engine: Engine, before: date = APRIL) -> int:
    return forget_people(engine, before, ACT)


def cells(engine: Engine, table: str, column: str) -> list[object]:
    """A column in the order in which its rows came."""
    rows = sa.table(table, sa.column("submission_id"), sa.column("source_row"), sa.column(column), schema="form_data")
    with engine.connect() as connection:
        ordered = sa.select(rows.c[column]).order_by(rows.c.submission_id, rows.c.source_row)
        return list(connection.execute(ordered).scalars())


def everything(engine: Engine) -> str:
    """All rows of all tables, those of the forms and ours."""
    with engine.connect() as connection:
        inspector = sa.inspect(engine)
        names = [
            (schema, name) for schema in ("core", "form_data", "mart") for name in inspector.get_table_names(schema)
        ]
        return "\n".join(
            str(connection.execute(sa.text(f"SELECT each::text FROM {schema}.{name} AS each")).all())
            for schema, name in names
        )


def test_nobody_of_a_month_that_is_over_is_left_and_nothing_else_changes(engine: Engine) -> None:
    load(engine, build_batch(*reports()))
    before, people = contents(engine), {text for columns in SECRETS.values() for text in columns.values()}
    assert all(each in everything(engine) for each in people)

    assert forget(engine) == 3 + 3 + 2 + 2 + 1

    assert [each for each in people if each in everything(engine)] == []
    after = contents(engine)
    assert {name for name in before if before[name] != after[name]} == set(SECRETS)
    (line,) = audit_lines(engine)
    assert (line.what, line.who, line.why) == ("forget people", "huizong", "HUIZONG_PERSONAL_MONTHS=24")
    assert line.detail == {"before": "2021-04", "cells": 11}


@pytest.mark.slow
def test_all_that_was_published_stands_when_it_is_computed_anew(engine: Engine) -> None:
    load(engine, build_batch(*reports()))
    publish(engine, "test")

    assert forget(engine) > 0

    done = recompute(engine, "test")
    assert (done.publication_id, done.changed) == (None, 0)


def test_what_is_over_is_forgotten_once_and_what_is_not_stays(engine: Engine) -> None:
    load(engine, build_batch(*reports()))

    assert (forget(engine, MARCH), audit_lines(engine)) == (0, [])
    assert (forget(engine) > 0, forget(engine), len(audit_lines(engine))) == (True, 0, 1)


def test_of_a_report_two_people_are_still_two_and_the_same_is_still_the_same(engine: Engine) -> None:
    named = [officer(STREET, "2021-03-01", name=name, phone=None) for name in ("王甲", "王乙", "王甲")]
    load(engine, build_batch(report("officer_community", STREET, "2021-03", tables={"officer": named})))

    forget(engine)

    assert cells(engine, "officer", "name") == ["（已清除）3", "（已清除）4", "（已清除）3"]
    assert cells(engine, "officer", "phone") == [None, None, None]


def test_a_snapshot_is_kept_as_long_as_it_is_in_force(engine: Engine) -> None:
    def say(month: str, name: str | None, version: int = 1) -> None:
        rows = {"team": [team("1", leader=name)]} if name else {}
        states = {} if name else {"team": "unchanged"}
        said = report("team_supply", STREET, month, tables=rows, states=states, version=version)
        load(engine, build_batch(said))

    say("2021-01", "孙甲")
    say("2021-02", "孙乙")
    say("2021-02", "孙丙", version=2)
    say("2021-03", None)

    forget(engine, MARCH)
    assert cells(engine, "team", "leader") == ["（已清除）3", "（已清除）3", "孙丙"]

    say("2021-03", "孙丁", version=2)
    forget(engine, MARCH)
    assert cells(engine, "team", "leader") == ["（已清除）3", "（已清除）3", "（已清除）3", "孙丁"]


def test_a_held_report_is_kept_as_long_as_it_is_held(engine: Engine) -> None:
    load(engine, build_batch(report("hazard", STREET, "2021-02", hazard("2021-02-03"))))
    close_month(engine, FEBRUARY, ACT)
    load(engine, build_batch(report("hazard", STREET, "2021-02", hazard("2021-02-03", responsible="钱某"), version=2)))

    forget(engine)
    assert cells(engine, "hazard", "responsible") == ["（已清除）3", "钱某"]

    release_month(engine, FEBRUARY, ACT)
    forget(engine)
    assert cells(engine, "hazard", "responsible") == ["（已清除）3", "（已清除）3"]


def test_a_template_begins_with_nothing_where_somebody_was_forgotten(engine: Engine) -> None:
    load(engine, build_batch(report("hazard", STREET, "2021-03", hazard("2021-03-03"))))

    forget(engine)

    (row,) = rows_to_begin_with(engine, load_forms()["hazard"], STREET, APRIL)["hazard"]
    assert (row["hazard_no"], row["responsible"], row["verifier"]) == ("YH2021030301", None, None)


def test_a_late_correction_of_a_month_that_is_over_is_judged_with_its_people_and_then_forgotten(engine: Engine) -> None:
    load(engine, build_batch(report("hazard", STREET, "2021-03", hazard("2021-03-03"))))
    forget(engine)

    done = load(engine, build_batch(report("hazard", STREET, "2021-03", hazard("2021-03-04"), version=2)))

    assert (done.accepted, forget(engine)) == (1, 1)
    assert cells(engine, "hazard", "responsible") == ["（已清除）3", "（已清除）3"]


def plainly(_patch: pytest.MonkeyPatch) -> None:
    """As today's forms store them."""


def sealed(patch: pytest.MonkeyPatch) -> None:
    """As a form stores them that seals its people."""
    for name in ("leader", "phone"):
        patch.setitem(tables()["team"][1].columns[name].__dict__, "at_rest", "sealed")


@pytest.mark.parametrize("stored", [plainly, sealed])
def test_rows_that_are_read_again_are_the_same_but_for_who_was_forgotten(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stored: Callable[[pytest.MonkeyPatch], None]
) -> None:
    use_key(KeyPlace(None, tmp_path / "personal.key"))
    stored(monkeypatch)
    teams = [team("1", leader="孙甲"), team("2", leader="孙乙"), team("3", leader="孙甲", phone=None)]
    load(engine, build_batch(report("team_supply", TOWN, "2021-03", tables={"team": teams})))
    forget(engine)

    def same(*again: dict[str, object]) -> bool:
        batch = build_batch(report("team_supply", TOWN, "2021-03", tables={"team": list(again)}))
        pairs = pd.DataFrame({"submission_no": [0], "known_id": [1], "form": ["team_supply"]})
        with engine.begin() as connection:
            return differing(connection, batch.tables, pairs) == set()

    first, second, third = (dict(each) for each in teams)
    assert same(first, second, third)
    assert not same(first, second, {**third, "phone": "13900000000"})
    assert not same(first, second, {**third, "full_time": 3})
    assert not same(first, {**second, "leader": "孙甲"}, third)


@pytest.mark.parametrize(("months", "left"), [(None, 3), (24, 3), (23, 2), (12, 0)])
def test_for_how_many_months_people_are_kept_is_a_setting(
    engine: Engine, register: Register, tmp_path: Path, months: int | None, left: int
) -> None:
    told = [
        report("penalty", HOUSING, f"2019-{month:02}", penalty(f"2019-{month:02}-03", month)) for month in (7, 8, 9)
    ]
    load(engine, build_batch(*told))
    house = House(Settings(home=tmp_path, personal_months=months), register, engine)

    assert forget_old_people(house, date(2021, 7, 31), None) == 3 - left
    assert cells(engine, "penalty", "party_name").count(FIRM) == left


@pytest.mark.slow
def test_the_night_forgets_and_says_how_much(empty_url: str, empty_engine: Engine, tmp_path: Path) -> None:
    named = example("hazard", responsible="植甲丙", verifier="植甲丁")
    place = tmp_path / "home" / "inbox" / "杨公镇" / "2021-03" / "台账.xlsx"
    place.parent.mkdir(parents=True)
    place.write_bytes(xlsx(隐患台账=grid("hazard", named, head=("填报单位：杨公镇", "所属月份：2021年3月"))))
    settings = {"HUIZONG_WAREHOUSE_URL": empty_url, "HUIZONG_PERSONAL_MONTHS": "12"}

    done = huizong(tmp_path / "home", "run", "--json", **settings)
    again = huizong(tmp_path / "home", "run", **settings)

    told = json.loads(done.stdout)
    assert (done.returncode, told["accepted"], told["forgotten"]) == (0, 1, 2), done.stderr
    assert (again.returncode, "个人信息" in again.stdout) == (0, False), again.stderr
    assert "植甲" not in everything(empty_engine)
