"""Every value of every indicator, held against the definitions in plain Python."""

import hashlib
import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from flows.demo import Document, sample_documents, write_documents
from flows.demo.villages import demo_register
from schemas.batch import Batch
from schemas.period import Period
from schemas.unit import Register
from tasks.assemble import read_batch
from tasks.read import ArrivedFile
from tasks.validate import validate
from tests.contract.batch import first_night, second_night, units_of_the_batch
from tests.integration import conftest
from tests.integration.builders import build_batch
from tests.integration.plain import figures
from tests.integration.plain.nights import few_units, nights
from tests.integration.plain.reading import read_world
from tests.integration.plain.registry import RULES
from tests.integration.plain.roll_up import Figure, Key
from warehouse.compute import compute
from warehouse.engine import Engine, open_engine
from warehouse.load import load
from warehouse.mart import indicator_value
from warehouse.publish import publish
from warehouse.register import load_indicators
from warehouse.setup import prepare
from warehouse.working import candidate

_DIVIDED = 1e-12
_SHOWN = 20
LAST_DAY = date(2021, 7, 20)


def published(engine: Engine) -> Mapping[Key, Figure]:
    """Every published value."""
    with engine.connect() as connection:
        return _by_key(connection.execute(sa.select(indicator_value)).all())


def _key(row: sa.Row[Any], codes: Mapping[str, str]) -> Key:
    period = Period(row.period_kind, row.start_on, row.end_on)
    return codes[row.indicator_id], row.unit_code, period, row.dimension, row.member


def computed(engine: Engine) -> Mapping[Key, Figure]:
    """Every value as it would be published now."""
    with engine.connect() as connection:
        compute(connection, load_indicators().values())
        rows = connection.execute(sa.select(candidate)).all()
        connection.rollback()
    return _by_key(rows)


def _by_key(rows: Sequence[sa.Row[Any]]) -> Mapping[Key, Figure]:
    codes = {each.id: each.code for each in load_indicators().values()}
    return {_key(row, codes): Figure(row.value, row.numerator, row.denominator) for row in rows}


def differences(found: Mapping[Key, Figure], right: Mapping[Key, Figure]) -> list[str]:
    """The first values that are not as they should be, or that should not be there or are not."""
    differing = [key for key in {*found, *right} if not is_same(found.get(key), right.get(key))]
    return [f"{key}: {found.get(key)} is not {right.get(key)}" for key in sorted(differing)[:_SHOWN]]


def is_same(found: Figure | None, right: Figure | None) -> bool:
    """Sums to the last digit; a quotient as far as it was stored. Of what nobody reported only that it has no value."""
    if found is None or right is None:
        return False
    if right.value is None and right.numerator is None:
        return found.value is None
    if (found.value is None) != (right.value is None):
        return False
    is_close = found.value is None or math.isclose(found.value, right.value or 0, rel_tol=_DIVIDED)
    return is_close and found.numerator == right.numerator and found.denominator == right.denominator


def defined(engine: Engine, register: Register, *nights: Batch) -> Mapping[Key, Figure]:
    """What the definitions give after these nights, each loaded and published."""
    for batch in nights:
        load(engine, batch)
        publish(engine, "test")
    return figures(read_world(engine, register, *nights))


def test_every_indicator_is_defined_once_more() -> None:
    assert set(RULES) == {each.code for each in load_indicators().values()}


def test_the_contract_batch_gives_the_values_of_the_definitions(engine: Engine) -> None:
    register = units_of_the_batch()
    prepare(engine, register)
    right = defined(engine, register, build_batch(*first_night()), build_batch(*second_night()))
    assert not differences(published(engine), right)


@pytest.fixture(scope="module")
def few(server_url: str) -> Iterator[str]:
    """A prepared database with few units, to be copied."""
    for url in conftest.own_database(server_url):
        engine = open_engine(url)
        prepare(engine, few_units())
        engine.dispose()
        yield str(sa.make_url(url).database)


@settings(
    max_examples=2,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(chance=st.randoms(use_true_random=True))
def test_chance_gives_the_values_of_the_definitions(server_url: str, few: str, chance: Random) -> None:
    for url in conftest.own_database(server_url, few):
        engine, register = open_engine(url), few_units()
        right = defined(engine, register, *(build_batch(*files) for files in nights(chance, register)))
        found = published(engine)
        engine.dispose()
        assert not differences(found, right)


@pytest.fixture
def demo(tmp_path: Path) -> Batch:
    """All that comes in the demo, read and validated."""
    documents = sorted(sample_documents(), key=lambda document: document.arrived_at)
    write_documents(tmp_path, documents)
    files = [_arrived(document, tmp_path) for document in documents]
    return validate(read_batch(files, demo_register(), LAST_DAY), demo_register())


def _arrived(document: Document, folder: Path) -> ArrivedFile:
    path, content = folder / document.path, document.content
    sha256 = hashlib.sha256(content).hexdigest()
    return ArrivedFile(sha256, str(path), str(document.path), len(content), document.arrived_at, path)


@pytest.mark.slow
@pytest.mark.parametrize("server_url", ["embedded"], indirect=True)
def test_the_demo_gives_the_values_of_the_definitions(engine: Engine, demo: Batch) -> None:
    """Of what would be published: gate and publication are shown elsewhere, and take longer than all the rest."""
    prepare(engine, demo_register())
    load(engine, demo)
    right = figures(read_world(engine, demo_register(), demo))
    assert not differences(computed(engine), right)
