"""The role ``huizong_loader``: it does what a night and the acts of administrators do, and nothing else."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
import sqlalchemy as sa

from schemas.form import tables
from schemas.unit import Register
from tests.integration.builders import Report, build_batch, report
from tests.integration.conftest import on_server, own_database
from tests.integration.contents import contents
from tests.integration.facts import HOUSING, STREET, penalty, training
from warehouse import roles
from warehouse.acts import close_month, release_month, reopen_month, withdraw
from warehouse.audit import Act, audit_lines
from warehouse.engine import Engine, open_engine
from warehouse.errors import WarehouseError
from warehouse.forget import columns_of_people, forget_people
from warehouse.load import load
from warehouse.publish import publish
from warehouse.setup import prepare

ACT = Act(who="管理员", why="夜间汇总用")
MARCH = date(2021, 3, 1)
# What retention blanks.
PEOPLE = {(table, name) for table, (_, about) in tables().items() for name in columns_of_people(about)}
SETTLED = (
    "INSERT INTO core.file (sha256, source, name, size, received_at, archive) VALUES ('s', 's', 's', 1, now(), 's')"
)
# What the loader may do, one right a line.
ALLOWED = (
    "INSERT INTO core.file (sha256, source, name, size, received_at, archive) VALUES ('', '', '', 1, now(), '')",
    "SELECT nextval('core.file_file_id_seq'), nextval('core.submission_submission_id_seq')",
    "INSERT INTO core.seen VALUES ('s', 'p', 'm', '[]')",
    "UPDATE core.seen SET mark = 'm', files = '[]'",
    "INSERT INTO core.issue (file_id, severity, code, message) SELECT file_id, 'info', 'I', 'm' FROM core.file LIMIT 1",
    "INSERT INTO core.audit (recorded_at, who, what, why, detail) VALUES (now(), 'w', 'w', 'w', '{}')",
    "INSERT INTO core.run (started_at, today) VALUES (now(), now())",
    "UPDATE core.run SET finished_at = now(), summary = '{}', failure = 'f'",
    "INSERT INTO core.month VALUES ('2021-05-01') ON CONFLICT (month) DO UPDATE SET state = excluded.state",
    "UPDATE core.message SET claimed_at = now(), sent_at = now(), error = NULL",
    "UPDATE core.clock SET moment = now()",
    "UPDATE core.submission SET status = status, revision = revision, recorded_from = recorded_from",
    "UPDATE core.submission SET recorded_to = recorded_to, errors = errors, warnings = warnings, audit_id = audit_id",
    "UPDATE core.backfill SET finished_at = now()",
    "UPDATE mart.publication SET checksum = checksum",
    "UPDATE mart.published_value SET to_publication = to_publication",
    "DELETE FROM core.computed_sum",
    "DELETE FROM core.computed_report",
    "DELETE FROM core.computed_state",
    "DELETE FROM form_data.training WHERE submission_id = 0",
    "INSERT INTO form_data.training (submission_id, source_row) VALUES (1, 1000)",
    "UPDATE form_data.hazard SET responsible = responsible, verifier = verifier",
    "CREATE TEMPORARY TABLE mine (a int) ON COMMIT DROP",
    "SELECT count(*) FROM form.training",
)
REFUSED = (
    "UPDATE form_data.training SET participants = 0",
    "UPDATE form_data.hazard SET responsible = responsible, status = 'closed'",
    "TRUNCATE form_data.training",
    "DELETE FROM core.submission",
    "UPDATE core.submission SET unit_code = unit_code",
    "UPDATE core.submission SET content_sha256 = ''",
    "UPDATE core.submission SET layout = '{}'",
    "DELETE FROM core.file",
    "UPDATE core.file SET sha256 = ''",
    "DELETE FROM core.issue",
    "UPDATE core.issue SET message = ''",
    "DELETE FROM core.audit",
    "UPDATE core.audit SET why = 'another'",
    "TRUNCATE core.audit",
    "ALTER TABLE core.audit DISABLE TRIGGER ALL",
    "DELETE FROM core.run",
    "UPDATE core.run SET started_at = now()",
    "DELETE FROM core.message",
    "UPDATE core.message SET recipient = ''",
    "INSERT INTO core.clock VALUES (TRUE, now())",
    "INSERT INTO core.unit SELECT * FROM core.unit",
    "UPDATE core.unit SET name = ''",
    "UPDATE core.unit_version SET name = ''",
    "DELETE FROM core.obligation",
    "UPDATE core.form SET title = ''",
    "DELETE FROM core.code",
    "UPDATE core.due_day SET due_at = now()",
    "UPDATE core.setup SET fingerprint = ''",
    "UPDATE core.definition SET digest = ''",
    "UPDATE core.alembic_version SET version_num = ''",
    "UPDATE mart.indicator SET name = ''",
    "UPDATE mart.published_value SET value = 0",
    "DELETE FROM mart.published_value",
    "DELETE FROM mart.publication",
    "UPDATE mart.publication SET published_at = now()",
    "DELETE FROM mart.audit_finding",
    "CREATE TABLE core.mine (a int)",
    "CREATE TABLE form_data.mine (a int)",
    "CREATE TABLE mart.mine (a int)",
    "CREATE TABLE public.mine (a int)",
    "ALTER TABLE form_data.training ADD COLUMN mine int",
    "ALTER TABLE core.submission DROP COLUMN rows",
    "CREATE OR REPLACE VIEW mart.figure AS SELECT 1 AS a",
    "DROP VIEW mart.figure",
    "DROP SCHEMA mart CASCADE",
    "CREATE SCHEMA mine",
    "CREATE ROLE mine",
    "DROP TABLE core.file",
    "SELECT setval('core.file_file_id_seq', 1)",
    "COPY (SELECT 1) TO PROGRAM 'true'",
)


@pytest.fixture(scope="module")
def login(server_url: str) -> Iterator[str]:
    """A role that logs in."""
    name = f"night_{uuid.uuid4().hex[:8]}"
    on_server(server_url, f"CREATE ROLE {name} LOGIN")
    yield name
    on_server(server_url, f"DROP ROLE {name}")


@pytest.fixture(scope="module")
def owned(server_url: str, template: str, login: str) -> Iterator[Engine]:
    """A warehouse, as its owner, with a report and a publication, in which the role was granted the loader's rights."""
    for url in own_database(server_url, template):
        engine = open_engine(url)
        load(engine, build_batch(*reports("2021-03", 5)))
        publish(engine, "test")
        roles.make_loader(engine, login, ACT)
        yield engine
        engine.dispose()


@pytest.fixture
def loader(owned: Engine, login: str) -> Iterator[sa.Connection]:
    """A connection that has only the rights of the role."""
    with owned.connect() as connection:
        connection.execute(sa.text(f"SET ROLE {login}"))
        yield connection


@contextmanager
def as_role(engine: Engine, login: str) -> Iterator[Engine]:
    """The same warehouse for sessions that have only the rights of the role."""
    url = engine.url.update_query_dict({"options": f"-c role={login}"})
    granted = open_engine(url.render_as_string(hide_password=False))
    yield granted
    granted.dispose()


def refusal(connection: sa.Connection, statement: str) -> str | None:
    """Why the database refuses a statement for want of a right; None where it does it, or fails for something else."""
    try:
        with connection.begin_nested() as point:
            connection.execute(sa.text(statement.replace(":", "\\:")))
            point.rollback()
    except sa.exc.DBAPIError as error:
        return str(error.orig) if getattr(error.orig, "sqlstate", "") == "42501" else None
    return None


@pytest.mark.parametrize("statement", ALLOWED)
def test_the_loader_may(loader: sa.Connection, statement: str) -> None:
    with loader.begin_nested() as point:
        loader.execute(sa.text(statement))
        point.rollback()


@pytest.mark.parametrize("statement", REFUSED)
def test_the_loader_may_not(loader: sa.Connection, statement: str) -> None:
    assert refusal(loader, statement)


def test_the_loader_changes_nothing_in_the_rows_of_a_form_but_who_is_named(
    loader: sa.Connection, owned: Engine
) -> None:
    names = sa.inspect(owned).get_table_names(schema="form_data")

    for name in names:
        for column in sa.inspect(owned).get_columns(name, schema="form_data"):
            is_of_people = (name, column["name"]) in PEOPLE
            assert bool(refusal(loader, f"UPDATE form_data.{name} SET {column['name']} = NULL")) != is_of_people
    assert "hazard" in names


def test_the_reader_may_do_nothing_of_what_the_loader_may(owned: Engine) -> None:
    with owned.connect() as connection:
        connection.execute(sa.text(f"SET ROLE {roles.READER}"))
        done = [each for each in ALLOWED if not refusal(connection, each)]

    assert done == ["CREATE TEMPORARY TABLE mine (a int) ON COMMIT DROP"]


def reports(month: str, participants: int, version: int = 1) -> list[Report]:
    """One that is accepted and asked about, and one that is sent back."""
    row = training(f"{month}-09", participants=participants)
    return [
        report("training", STREET, month, row, version=version, warnings=["请核对"]),
        report("hazard", STREET, month, version=version, errors=["不行"]),
    ]


def whole_night(engine: Engine, prepared: Register) -> None:
    """Nights and acts of every kind."""
    prepare(engine, prepared)
    load(engine, build_batch(*reports("2021-02", 7), *reports("2021-03", 5)))
    publish(engine, "test")
    close_month(engine, MARCH, ACT)
    load(engine, build_batch(*reports("2021-03", 6, version=2)))
    release_month(engine, MARCH, ACT)
    reopen_month(engine, MARCH, ACT)
    load(engine, build_batch(*reports("2021-03", 9, version=3)))
    withdraw(engine, "training", STREET, date(2021, 2, 1), ACT)
    load(engine, build_batch(report("penalty", HOUSING, "2021-02", penalty("2021-02-09"))))
    assert forget_people(engine, MARCH, ACT) == 1
    publish(engine, "test")


def test_nights_and_acts_end_for_the_loader_as_for_the_owner(
    engine: Engine, server_url: str, template: str, register: Register, login: str
) -> None:
    roles.make_loader(engine, login, ACT)
    with as_role(engine, login) as granted:
        whole_night(granted, register)

    for url in own_database(server_url, template):
        ours = open_engine(url)
        whole_night(ours, register)
        assert contents(engine) == contents(ours)
        ours.dispose()
    assert [each.what for each in audit_lines(engine)] == [
        *("grant loader", "close", "release", "reopen", "withdraw", "forget people")
    ]


def test_what_the_definitions_change_is_left_to_the_owner(engine: Engine, register: Register, login: str) -> None:
    roles.make_loader(engine, login, ACT)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE core.setup SET fingerprint = 'another'"))

    with (
        as_role(engine, login) as granted,
        pytest.raises(WarehouseError, match="请库的所有者运行 huizong warehouse migrate"),
    ):
        prepare(granted, register)


def test_a_right_that_the_loader_no_longer_needs_is_taken_back_by_the_next_upgrade(
    engine: Engine, register: Register, login: str
) -> None:
    roles.make_loader(engine, login, ACT)
    with engine.begin() as connection:
        connection.execute(sa.text(f"GRANT DELETE ON core.audit TO {roles.LOADER}"))
        connection.execute(sa.text("UPDATE core.setup SET fingerprint = 'another'"))

    prepare(engine, register)

    with engine.connect() as connection:
        may = sa.func.has_table_privilege(roles.LOADER, "core.audit", "DELETE")
        assert connection.execute(sa.select(may)).scalar_one() is False


def test_the_loader_lets_nobody_else_in(engine: Engine, login: str) -> None:
    roles.make_loader(engine, login, ACT)

    with as_role(engine, login) as granted, pytest.raises(WarehouseError, match="请用库的所有者运行"):
        roles.make_loader(granted, login, ACT)
