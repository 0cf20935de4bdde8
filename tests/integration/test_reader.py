"""The role ``huizong_reader`` and those whom it is granted to: they read schema mart and nothing else."""

import uuid
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from tests.integration.conftest import on_server
from warehouse import roles
from warehouse.audit import Act
from warehouse.engine import Engine
from warehouse.errors import WarehouseError

ACT = Act(who="管理员", why="报表工具要用")
CLOSED = ("core", "form", "form_data")


def relations(engine: Engine, *schemas: str) -> list[str]:
    """Every table and view of the schemas, as they are written in a statement."""
    found = sa.inspect(engine)
    return [
        f"{schema}.{name}"
        for schema in schemas
        for name in (*found.get_table_names(schema=schema), *found.get_view_names(schema=schema))
    ]


@pytest.fixture
def reader(engine: Engine) -> Iterator[sa.Connection]:
    """A connection that has only the rights of the reader."""
    with engine.connect() as connection:
        connection.execute(sa.text(f"SET ROLE {roles.READER}"))
        yield connection


@pytest.fixture
def login(server_url: str) -> Iterator[str]:
    """A role of the server whose name has to be quoted, without any right."""
    name = f"报表-{uuid.uuid4().hex[:8]}:x"
    on_server(server_url, f'CREATE ROLE "{name[:-2]}\\:x" LOGIN')
    yield name
    on_server(server_url, f'DROP ROLE "{name[:-2]}\\:x"')


def is_refused(reader: sa.Connection, statement: str) -> bool:
    try:
        with reader.begin_nested():
            reader.execute(sa.text(statement))
    except sa.exc.ProgrammingError as error:
        return "permission denied" in str(error)
    return False


def test_the_reader_reads_every_table_and_view_of_the_mart(engine: Engine, reader: sa.Connection) -> None:
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE mart.made_later (a int)"))
    names = relations(engine, "mart")

    for name in names:
        reader.execute(sa.text(f"SELECT count(*) FROM {name}"))
    assert {"mart.indicator_value", "mart.figure", "mart.accident", "mart.made_later"} <= set(names)


def test_the_reader_reads_no_table_and_no_view_of_another_schema(engine: Engine, reader: sa.Connection) -> None:
    names = relations(engine, *CLOSED)

    assert [name for name in names if not is_refused(reader, f"SELECT 1 FROM {name}")] == []
    assert {"core.submission", "core.known_submission", "form.hazard", "form_data.hazard"} <= set(names)


@pytest.mark.parametrize("act", ["DELETE FROM {}", "INSERT INTO {} DEFAULT VALUES", "DROP VIEW {}", "TRUNCATE {}"])
def test_the_reader_changes_no_table_and_no_view(engine: Engine, reader: sa.Connection, act: str) -> None:
    names = relations(engine, "mart", *CLOSED)

    assert [name for name in names if not is_refused_somehow(reader, act.format(name))] == []


def is_refused_somehow(reader: sa.Connection, statement: str) -> bool:
    """Whether it fails: for a right, or because nobody may do it to a relation of that kind."""
    try:
        with reader.begin_nested():
            reader.execute(sa.text(statement))
    except sa.exc.DBAPIError:
        return True
    return False


@pytest.mark.parametrize("schema", ["mart", "public", *CLOSED])
def test_the_reader_makes_no_table(reader: sa.Connection, schema: str) -> None:
    assert is_refused(reader, f"CREATE TABLE {schema}.mine (a int)")


def test_a_role_that_is_granted_reads_the_mart_and_nothing_else(engine: Engine, login: str) -> None:
    roles.make_reader(engine, login, ACT)
    roles.make_reader(engine, login, ACT)

    with engine.connect() as connection:
        connection.execute(sa.text("SELECT set_config('role', :name, TRUE)"), {"name": login})
        assert connection.execute(sa.text("SELECT count(*) FROM mart.indicator")).scalar_one() > 0
        assert is_refused(connection, "SELECT 1 FROM core.submission")


def test_a_role_that_is_not_there_is_named_with_what_to_do(engine: Engine) -> None:
    with pytest.raises(WarehouseError, match=r'没有数据库角色「无此人」，.*CREATE ROLE "无此人" LOGIN'):
        roles.make_reader(engine, "无此人", ACT)


def test_a_name_cannot_smuggle_in_a_statement(engine: Engine) -> None:
    with pytest.raises(WarehouseError, match="没有数据库角色"):
        roles.make_reader(engine, 'postgres"; DROP SCHEMA mart CASCADE; --', ACT)

    assert relations(engine, "mart")


def test_the_reader_is_not_granted_to_itself(engine: Engine) -> None:
    with pytest.raises(WarehouseError, match="请写登录用的角色"):
        roles.make_reader(engine, roles.READER, ACT)
