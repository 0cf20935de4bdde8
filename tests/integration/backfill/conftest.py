"""A district of three units: a backfill publishes again and again, and more values would show nothing more."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from schemas.unit import Register
from tests.integration.backfill.past import UNITS, Past, past
from tests.integration.conftest import own_database
from tests.integration.registers import register_of
from warehouse.engine import Engine, open_engine
from warehouse.setup import prepare


@pytest.fixture(scope="session")
def register() -> Register:
    """The district and two of its units."""
    return register_of(*UNITS)


@pytest.fixture(scope="session")
def template(server_url: str, register: Register) -> Iterator[str]:
    """The name of a prepared database of these units, to be copied and never opened."""
    for url in own_database(server_url):
        engine = open_engine(url)
        prepare(engine, register)
        name = engine.url.database
        engine.dispose()
        assert name
        yield name


@pytest.fixture
def office(tmp_path: Path, engine: Engine, register: Register) -> Past:
    """An office whose archive and inbox are empty."""
    (tmp_path / "home" / "inbox").mkdir(parents=True)
    return past(tmp_path / "home", engine, register)
