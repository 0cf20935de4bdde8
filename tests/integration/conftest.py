"""A real PostgreSQL for every test: the embedded one, and the one that HUIZONG_TEST_URL names.

Each test gets a database of its own, copied from one that was prepared once.
"""

import atexit
import itertools
import os
import shutil
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from schemas.unit import Register
from tests.integration.facts import UNITS
from tests.integration.registers import register_of
from warehouse.engine import Engine, open_engine
from warehouse.server import start_embedded
from warehouse.setup import prepare

_numbers = itertools.count(1)
# Beside the command pytest lies a script of impacket that has the name of the library smbclient.
sys.path[:] = [folder for folder in sys.path if folder != str(Path(sys.executable).parent)]


@pytest.fixture(scope="session", params=["embedded", *(["external"] if "HUIZONG_TEST_URL" in os.environ else [])])
def server_url(request: pytest.FixtureRequest) -> str:
    """The URL of a server on which databases may be made."""
    if request.param == "external":
        return os.environ["HUIZONG_TEST_URL"]
    # Under root the server runs as another user, and pytest's own folders are closed to others.
    folder = Path(tempfile.mkdtemp(prefix="huizong-"))
    folder.chmod(0o711)
    # Registered before the server's own stop, so that it runs after it.
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    url = start_embedded(folder / "w")
    # Nothing here has to survive a power failure.
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        on_server(url, f"ALTER SYSTEM SET {setting} = off")
    on_server(url, "SELECT pg_reload_conf()")
    return url


@pytest.fixture(scope="session")
def register() -> Register:
    """A district of a few units; the installed commands are tried with all."""
    return register_of(*UNITS)


@pytest.fixture(scope="session")
def template(server_url: str, register: Register) -> Iterator[str]:
    """The name of a prepared database, to be copied and never opened."""
    name = f"huizong_test_{uuid.uuid4().hex[:12]}"
    on_server(server_url, f"CREATE DATABASE {name}")
    engine = open_engine(database_url(server_url, name))
    prepare(engine, register)
    engine.dispose()
    yield name
    on_server(server_url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def warehouse_url(server_url: str, template: str) -> Iterator[str]:
    """The URL of a prepared database that is the test's own."""
    yield from own_database(server_url, template)


@pytest.fixture
def empty_url(server_url: str) -> Iterator[str]:
    """The URL of an empty database that is the test's own."""
    yield from own_database(server_url)


@pytest.fixture
def engine(warehouse_url: str) -> Iterator[Engine]:
    """A prepared warehouse that is the test's own."""
    opened = open_engine(warehouse_url)
    yield opened
    opened.dispose()


@pytest.fixture
def empty_engine(empty_url: str) -> Iterator[Engine]:
    """An empty database that is the test's own."""
    opened = open_engine(empty_url)
    yield opened
    opened.dispose()


def own_database(server_url: str, template: str = "template0") -> Iterator[str]:
    """The URL of a new database, copied from another; it is there until the next one is asked for."""
    name = f"huizong_test_{uuid.uuid4().hex[:12]}_{next(_numbers)}"
    on_server(server_url, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield database_url(server_url, name)
    on_server(server_url, f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def own_warehouse(server_url: str, register: Register) -> Iterator[Engine]:
    """A new warehouse of these units; for several tests, if they only read."""
    for url in own_database(server_url):
        engine = open_engine(url)
        try:
            prepare(engine, register)
            yield engine
        finally:
            engine.dispose()


def database_url(server_url: str, name: str) -> str:
    """The URL of another database of the same server."""
    return sa.make_url(server_url).set(database=name).render_as_string(hide_password=False)


def on_server(server_url: str, statement: str) -> None:
    """Run a statement that must stand outside a transaction."""
    engine = open_engine(server_url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text(statement))
    engine.dispose()
