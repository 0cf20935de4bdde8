"""What earlier programs left in a warehouse, brought up to this one; ``tests/data/revisions`` holds what they left."""

import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from schemas.unit import Register
from tests.integration.builders import build_batch, report
from tests.integration.conftest import on_server
from tests.integration.facts import STREET, accident
from tests.integration.huizong import huizong, new_home
from tests.integration.published import value_of
from tests.integration.test_setup import as_role
from warehouse import setup
from warehouse.engine import Engine, know_as_of, open_engine
from warehouse.errors import WarehouseError
from warehouse.load import load
from warehouse.mart import published_value
from warehouse.publish import publish
from warehouse.revision import current_revision
from warehouse.scripts import run_script
from warehouse.setup import prepare

LEFT = Path(__file__).parents[1] / "data" / "revisions"
REVISIONS = Config()
REVISIONS.set_main_option("script_location", str(setup.PACKAGE / "migrations"))
SCRIPTS = ScriptDirectory.from_config(REVISIONS)
HEAD = SCRIPTS.get_current_head() or ""
# Went out only together with the one after them, so that no warehouse was ever left at them.
NEVER_RELEASED = {"0003", "0007", "0008", "0009"}
RELEASED = sorted(file.stem for file in LEFT.glob("*.sql"))
# What the definitions of a program say follows the program; what came in and went out has to stay.
RECORDED = ("core.file", "core.submission", "core.issue", "core.run", "mart.publication", "mart.indicator_value")

Relation = tuple[str, ...]
"""The columns of a table."""


def upgrade(engine: Engine, revision: str) -> None:
    """The fixed tables as they were at a revision."""
    with engine.begin() as connection:
        REVISIONS.attributes["connection"] = connection
        command.upgrade(REVISIONS, revision)


# From the first one on every migration is run; those between are left to the long rounds.
@pytest.fixture(
    params=[RELEASED[0], *(pytest.param(each, marks=pytest.mark.slow) for each in RELEASED[1:-1]), RELEASED[-1]]
)
def old(request: pytest.FixtureRequest, empty_engine: Engine) -> Engine:
    """A warehouse as the last program of a revision left it after two nights."""
    upgrade(empty_engine, request.param)
    with empty_engine.begin() as connection:
        run_script(connection, (LEFT / f"{request.param}.sql").read_text(encoding="utf-8"))
    return empty_engine


def columns(engine: Engine) -> dict[str, Relation]:
    """The columns of everything that was recorded, table by table."""
    found = sa.inspect(engine)
    forms = [f"form_data.{name}" for name in found.get_table_names("form_data")]
    return {
        name: tuple(column["name"] for column in found.get_columns(name.partition(".")[2], name.partition(".")[0]))
        for name in (*RECORDED, *forms)
    }


def rows(engine: Engine, relations: Iterable[tuple[str, Relation]]) -> dict[str, list[tuple[object, ...]]]:
    """Every row as text, so that neither a value nor the way in which it is kept can change unseen."""
    with engine.connect() as connection:
        return {
            name: sorted(
                (tuple(row) for row in connection.execute(sa.text(f"SELECT {as_texts(names)} FROM {name}"))), key=repr
            )
            for name, names in relations
        }


def as_texts(names: Relation) -> str:
    return ", ".join(f'"{name}"::text' for name in names)


def deaths(engine: Engine, publication: int) -> list[int]:
    """The deaths of all accidents, in order, as known when a publication was made."""
    with engine.connect() as connection:
        moment = connection.execute(
            sa.text("SELECT published_at FROM mart.publication WHERE publication_id = :publication"),
            {"publication": publication},
        ).scalar_one()
        know_as_of(connection, moment)
        return sorted(connection.execute(sa.text("SELECT deaths FROM form.accident")).scalars())


def test_every_revision_that_was_released_is_tried_with_its_data() -> None:
    revisions = {script.revision for script in SCRIPTS.walk_revisions()}

    assert revisions - {HEAD} <= set(RELEASED) | NEVER_RELEASED
    assert set(RELEASED) <= revisions


def test_the_revisions_are_one_line() -> None:
    assert len(SCRIPTS.get_heads()) == 1


def test_what_an_earlier_program_left_is_of_every_kind(old: Engine) -> None:
    with old.connect() as connection:
        statuses = set(connection.execute(sa.text("SELECT status FROM core.submission")).scalars())
        severities = set(connection.execute(sa.text("SELECT severity FROM core.issue")).scalars())

    assert statuses == {"accepted", "rejected", "superseded", "identical"}
    assert severities >= {"error", "warning"}


def test_nothing_is_lost_on_the_way_up(old: Engine, register: Register) -> None:
    relations = columns(old)
    before = rows(old, relations.items())

    prepare(old, register)

    assert rows(old, relations.items()) == before
    assert all(before[name] for name in RECORDED)


def test_what_was_known_then_is_known_after_the_way_up(old: Engine, register: Register) -> None:
    prepare(old, register)

    assert deaths(old, 1) == [0, 1]
    assert deaths(old, 2) == [0, 2]


def test_published_values_are_read_as_they_were(old: Engine, register: Register) -> None:
    prepare(old, register)

    assert value_of(old, "deaths", "2021-03").value == 2
    assert value_of(old, "serious_injuries", "2021-Q1").value == 1


def test_the_program_goes_on_in_what_an_earlier_one_left(old: Engine, register: Register) -> None:
    prepare(old, register)
    third = report("accident", STREET, "2021-03", accident("2021-03-09", deaths=3), version=3)

    loaded = load(old, build_batch(third))
    published = publish(old, "test")

    assert (loaded.accepted, published.publication_id) == (1, 3)
    assert value_of(old, "deaths", "2021-03").value == 3
    assert deaths(old, 2) == [0, 2]


def test_the_tables_of_an_earlier_program_become_as_they_are_described(old: Engine, register: Register) -> None:
    prepare(old, register)

    assert current_revision(old) == HEAD
    assert differences(old) == []


def test_the_command_brings_an_earlier_warehouse_up_and_says_to_which_revision(old: Engine) -> None:
    with new_home() as home:
        done = huizong(home, "warehouse", "migrate", HUIZONG_WAREHOUSE_URL=url_of(old))

    assert done.returncode == 0, done.stderr
    assert HEAD in done.stdout
    assert current_revision(old) == HEAD


@pytest.fixture
def user(server_url: str, old: Engine) -> Iterator[Engine]:
    """An earlier warehouse opened by a role that may read and write every row of it, and change no table."""
    name = f"huizong_user_{uuid.uuid4().hex[:8]}"
    on_server(server_url, f"CREATE ROLE {name}")
    with old.begin() as connection:
        for schema in ("core", "form_data", "form", "mart"):
            connection.execute(sa.text(f"GRANT USAGE ON SCHEMA {schema} TO {name}"))
            connection.execute(sa.text(f"GRANT ALL ON ALL TABLES IN SCHEMA {schema} TO {name}"))
    engine = open_engine(as_role(url_of(old), name))
    yield engine
    engine.dispose()
    with old.begin() as connection:
        connection.execute(sa.text(f"DROP OWNED BY {name}"))
    on_server(server_url, f"DROP ROLE {name}")


def test_a_user_who_may_not_bring_an_earlier_warehouse_up_is_told_who_may_and_how(
    old: Engine, user: Engine, register: Register
) -> None:
    before = current_revision(old)

    with pytest.raises(WarehouseError, match=r"所有者.*huizong warehouse migrate"):
        prepare(user, register)

    assert current_revision(old) == before


def url_of(engine: Engine) -> str:
    """The URL that an office would set."""
    plain = engine.url.set(drivername="postgresql").difference_update_query(["options", "application_name"])
    return plain.render_as_string(hide_password=False)


def differences(engine: Engine) -> list[Any]:
    """What ``alembic check`` would find; the tables of forms are not Alembic's."""

    def is_fixed(name: str | None, kind: str, _parents: object) -> bool:
        return name in ("core", "mart") if kind == "schema" else name != "alembic_version"

    options: dict[str, Any] = {
        "include_schemas": True,
        "include_name": is_fixed,
        "compare_server_default": True,
        "compare_type": True,
    }
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), published_value.metadata))
