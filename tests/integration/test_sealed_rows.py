"""What a form seals is unreadable in the warehouse, and comes back to its sender as it was sent."""

import base64
import dataclasses
import os
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa
from cryptography.exceptions import InvalidTag

from schemas.form import FormError, Table, load_forms, parse_form, tables
from tests.integration.builders import build_batch, report
from tests.integration.facts import STREET, TOWN, officer, team
from warehouse.engine import Engine
from warehouse.errors import WarehouseError
from warehouse.load import load
from warehouse.prefill import rows_to_begin_with
from warehouse.publish import publish
from warehouse.same_rows import differing
from warehouse.seal import KeyPlace, opened, sealed, use_key

NAME, PHONE = "植甲丙", "13970010001"
SEALED = (("officer", "name"), ("officer", "phone"), ("team", "leader"), ("team", "phone"))
APRIL = date(2021, 4, 1)


@pytest.fixture(autouse=True)
def key(tmp_path: Path) -> Path:
    """The file of a key that nobody has needed yet."""
    use_key(KeyPlace(None, tmp_path / "personal.key"))
    return tmp_path / "personal.key"


@pytest.fixture
def sealing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forms that seal all names and numbers of F09 and F10."""
    for table_id, name in SEALED:
        monkeypatch.setitem(tables()[table_id][1].columns[name].__dict__, "at_rest", "sealed")


def stored(engine: Engine, statement: str) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(statement))]


def send(engine: Engine, version: int = 1) -> None:
    people = [
        officer(STREET, "2021-03-01", name=NAME, phone=PHONE),
        officer(TOWN, "2021-03-01", name=NAME, phone=None),
    ]
    rows = {"officer": people}
    load(engine, build_batch(report("officer_community", STREET, "2021-03", tables=rows, version=version)))
    teams = {"team": [team("1", leader=NAME, phone=PHONE)]}
    load(engine, build_batch(report("team_supply", STREET, "2021-03", tables=teams, version=version)))


@pytest.mark.usefixtures("sealing")
def test_names_and_numbers_are_unreadable_in_the_warehouse(engine: Engine) -> None:
    send(engine)

    for schema in ("form_data", "form"):
        everything = str(stored(engine, f"SELECT o::text, t::text FROM {schema}.officer AS o, {schema}.team AS t"))
        assert everything
        assert NAME not in everything
        assert PHONE not in everything
    publish(engine, "test")


@pytest.mark.usefixtures("sealing")
def test_the_same_person_is_the_same_in_one_column_and_nobody_in_another(engine: Engine) -> None:
    send(engine)

    assert stored(engine, "SELECT count(DISTINCT name), count(*), count(phone) FROM form_data.officer") == [(1, 2, 1)]
    assert stored(engine, "SELECT 1 FROM form_data.officer JOIN form_data.team ON name = leader") == []


@pytest.mark.usefixtures("sealing")
def test_a_unit_begins_with_its_own_names_as_it_sent_them(engine: Engine) -> None:
    send(engine)

    rows = rows_to_begin_with(engine, load_forms()["officer_community"], STREET, APRIL)["officer"]

    assert [(row["name"], row["phone"]) for row in rows] == [(NAME, PHONE), (NAME, None)]


@pytest.mark.usefixtures("sealing")
def test_a_unit_begins_with_no_name_of_another(engine: Engine) -> None:
    send(engine)

    for form in ("officer_community", "team_supply"):
        rows = rows_to_begin_with(engine, load_forms()[form], TOWN, APRIL)
        assert {table: found for table, found in rows.items() if found} == {}


@pytest.mark.usefixtures("sealing")
def test_rows_that_are_read_again_are_the_same(engine: Engine) -> None:
    send(engine)
    batch = build_batch(
        report("team_supply", STREET, "2021-03", tables={"team": [team("1", leader=NAME, phone=PHONE)]}),
        report("team_supply", STREET, "2021-03", tables={"team": [team("1", leader="别人", phone=PHONE)]}),
    )
    every = batch.tables["team"]
    ((known,),) = stored(engine, "SELECT submission_id FROM core.submission WHERE form = 'team_supply'")

    for number, found in ((0, set()), (1, {known})):
        pairs = pd.DataFrame({"submission_no": [number], "known_id": [known], "form": ["team_supply"]})
        rows = {"team": every[every["submission_no"] == number]}
        with engine.begin() as connection:
            assert differing(connection, rows, pairs) == found


def test_a_form_that_seals_nothing_needs_no_key_and_stores_what_was_sent(engine: Engine, key: Path) -> None:
    send(engine)

    assert stored(engine, "SELECT name, phone FROM form_data.officer ORDER BY phone")[0] == (NAME, PHONE)
    assert not key.exists()


def test_what_was_stored_before_a_column_was_sealed_is_read_as_it_is(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(engine)
    monkeypatch.setitem(tables()["officer"][1].columns["name"].__dict__, "at_rest", "sealed")

    rows = rows_to_begin_with(engine, load_forms()["officer_community"], STREET, APRIL)["officer"]

    assert {row["name"] for row in rows} == {NAME}


FORM = """
id = "guest"
code = "F99"
title = "来访登记"
grain = "event"
key = ["visit_no"]
[columns.visit_no]
label = "编号"
type = "text"
[columns.name]
label = "姓名"
type = "text"
sensitive = true
at_rest = "sealed"
"""


def guests(text: str = FORM) -> Table:
    return parse_form(text, "guest.toml").tables["guest"]


def seal(*names: str | None) -> list[str | None]:
    return list(sealed(guests(), pd.DataFrame({"name": pd.Series(names, dtype="str")}))["name"])


def test_the_key_is_made_once_and_is_its_owners_alone(key: Path) -> None:
    first = seal(NAME)

    assert seal(NAME) == first
    assert key.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in key.parent.iterdir()] == ["personal.key"]


@pytest.mark.parametrize("name", ["张三", "a", "封:张三", "\ud800\0", " ", "长" * 500])
def test_every_text_comes_back(name: str) -> None:
    (text,) = seal(name)

    assert opened(guests(), {"name": text, "other": 1}) == {
        "name": name.replace("\0", "\ufffd").replace("\ud800", "\ufffd"),
        "other": 1,
    }


def test_no_text_stays_none() -> None:
    assert seal(None, "", NAME)[0] is None
    assert opened(guests(), {"name": None}) == {"name": None}


def test_another_key_opens_nothing_and_says_so(tmp_path: Path) -> None:
    (text,) = seal(NAME)
    use_key(KeyPlace(None, tmp_path / "another.key"))

    with pytest.raises(WarehouseError, match=r"请从备份取回 personal\.key") as caught:
        opened(guests(), {"name": text})
    assert isinstance(caught.value.__cause__, InvalidTag)


def test_what_was_sealed_in_one_column_opens_in_no_other() -> None:
    (text,) = seal(NAME)
    other = guests(FORM.replace("[columns.name]", "[columns.host]"))

    with pytest.raises(WarehouseError):
        opened(other, {"host": text})


def test_a_key_may_come_from_the_settings(tmp_path: Path) -> None:
    place = KeyPlace(base64.b64encode(os.urandom(64)).decode(), tmp_path / "unused.key")
    use_key(place)
    first = seal(NAME)
    use_key(dataclasses.replace(place))

    assert seal(NAME) == first
    assert not place.file.exists()


@pytest.mark.parametrize("given", ["不是", "c2hvcnQ=", ""])
def test_a_wrong_key_is_named_and_not_shown(given: str, tmp_path: Path) -> None:
    use_key(KeyPlace(given or None, tmp_path / "empty.key"))
    (tmp_path / "empty.key").touch()

    with pytest.raises(WarehouseError, match="不是个人信息的密钥") as caught:
        seal(NAME)
    assert "c2hvcnQ" not in str(caught.value)


@pytest.mark.parametrize("change", [("sensitive = true\n", ""), ('"text"', '"integer"')])
def test_only_a_sensitive_text_can_be_sealed(change: tuple[str, str]) -> None:
    with pytest.raises(FormError, match="only a sensitive text can be sealed"):
        guests(FORM.replace(*change))


def test_a_form_that_seals_nothing_is_the_form_it_was_before_anything_could_be_sealed() -> None:
    assert "at_rest" not in repr(load_forms())
    assert "at_rest='sealed'" in repr(guests())
