"""A warehouse that was dumped and restored, by the commands of ``docs/operations.md``."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from schemas.period import Period
from schemas.unit import Register
from tests.integration.builders import Report, build_batch, report
from tests.integration.conftest import database_url, on_server
from tests.integration.facts import BUREAU, DISTRICT, STREET, TOWN, accident, hazard, incident, officer, training
from tests.integration.huizong import answer, huizong, new_home
from tests.integration.published import publish_all, value_of
from tests.workbooks import TRAINING, grid, xlsx
from warehouse.engine import Engine, open_engine
from warehouse.load import load
from warehouse.publish import publish
from warehouse.register import load_indicators
from warehouse.server_place import _wheel
from warehouse.setup import prepare
from warehouse.trace import Trace, trace
from warehouse.values import indicator_values

HALF_YEAR = Period.parse("2021-H1")


@pytest.fixture(scope="module")
def source(server_url: str, template: str) -> Iterator[Engine]:
    """A filled warehouse, to be dumped and only read."""
    name = f"{template}_source"
    on_server(server_url, f"CREATE DATABASE {name} TEMPLATE {template}")
    engine = open_engine(database_url(server_url, name))
    fill(engine)
    yield engine
    engine.dispose()
    on_server(server_url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def programs(source: Engine) -> Path:
    """Where pg_dump and pg_restore of the server's version are: beside the embedded server, or on the PATH."""
    with source.connect() as connection:
        version = connection.dialect.server_version_info
    assert version
    on_path = shutil.which("pg_dump")
    for folder in [_wheel() / "pginstall18" / "bin", *([Path(on_path).parent] if on_path else [])]:
        if (folder / "pg_restore").exists() and major(folder / "pg_dump") == version[0]:
            return folder
    pytest.skip(f"no pg_dump and pg_restore of PostgreSQL {version[0]} here")


@pytest.fixture(scope="module")
def dump(source: Engine, programs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dump of the filled warehouse."""
    file = tmp_path_factory.mktemp("dump") / "huizong.dump"
    run(programs / "pg_dump", "--format=custom", "--exclude-table-data=core.setup", f"--file={file}", url_of(source))
    return file


@pytest.fixture
def restored(empty_engine: Engine, programs: Path, dump: Path, register: Register) -> Engine:
    """The warehouse of the dump as another database of the same server."""
    target = f"--dbname={url_of(empty_engine)}"
    run(programs / "pg_restore", "--exit-on-error", "--no-owner", "--no-acl", target, str(dump))
    prepare(empty_engine, register)
    return empty_engine


def major(program: Path) -> int:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"(\d+)", said)
    assert found, said
    return int(found[1])


def fill(engine: Engine) -> None:
    """Two nights: a half-year of several forms, then a correction, a rejected report and one that says the same."""
    publish_all(
        engine,
        report("accident", STREET, "2020-03", accident("2020-03-02", serious_injuries=1)),
        report("accident", STREET, "2021-03", accident("2021-03-09", deaths=1)),
        report("incident", TOWN, "2021-03", incident("2021-03-05"), incident("2021-03-06", 2)),
        report("hazard", STREET, "2021-03", hazard("2021-03-05"), warnings=["说明过短"]),
        report("officer_community", STREET, "2021-03", officer(STREET, "2021-02-20")),
        march_training(),
    )
    publish_all(
        engine, corrected(), march_training(version=2), report("training", TOWN, "2021-03", errors=["日期不对"])
    )


def march_training(version: int = 1) -> Report:
    return report("training", BUREAU, "2021-03", training("2021-03-12"), version=version)


def corrected(version: int = 2) -> Report:
    """March of a street, with as many deaths as its version says."""
    return report("accident", STREET, "2021-03", accident("2021-03-09", deaths=version), version=version)


def run(program: Path, *arguments: str) -> None:
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def url_of(engine: Engine) -> str:
    """The URL as the programs of PostgreSQL take it."""
    plain = engine.url.set(drivername="postgresql").difference_update_query(["options", "application_name"])
    return plain.render_as_string(hide_password=False)


def traces(engine: Engine) -> list[Trace]:
    return [trace(engine, indicator, HALF_YEAR, DISTRICT) for indicator in load_indicators()]


def everything(engine: Engine) -> dict[str, list[str]]:
    """Every row of the fixed tables and of the forms, as text; of the setup only that there is one."""
    found = sa.inspect(engine)
    names = [f"{schema}.{name}" for schema in ("core", "form_data", "mart") for name in found.get_table_names(schema)]
    with engine.connect() as connection:
        return {
            name: sorted(connection.execute(sa.text(f"SELECT each::text FROM {name} AS each")).scalars())
            for name in names
            if name != "core.setup"
        }


def test_a_restored_warehouse_holds_every_row(source: Engine, restored: Engine) -> None:
    assert everything(restored) == everything(source)


def test_a_restored_warehouse_gives_the_same_indicators(source: Engine, restored: Engine) -> None:
    values = indicator_values(source, HALF_YEAR, DISTRICT)

    assert indicator_values(restored, HALF_YEAR, DISTRICT) == values
    assert next(value.value for value in values.indicators if value.id == "deaths") == 2


def test_a_restored_warehouse_gives_the_same_traces(source: Engine, restored: Engine) -> None:
    before = traces(source)

    assert traces(restored) == before
    assert any(each.rows for each in before)


def test_a_restored_warehouse_computes_what_was_published(restored: Engine) -> None:
    assert publish(restored, "test").changed == 0


def test_a_restored_warehouse_goes_on_with_the_numbers_after_those_it_had(restored: Engine) -> None:
    loaded = load(restored, build_batch(corrected(version=3)))
    published = publish(restored, "test")

    assert (loaded.accepted, published.publication_id) == (1, 3)
    assert value_of(restored, "deaths", "2021-03").value == 3


def test_the_reader_may_read_a_restored_warehouse(restored: Engine) -> None:
    with restored.connect() as connection:
        connection.execute(sa.text("SET ROLE huizong_reader"))
        assert connection.execute(sa.text("SELECT count(*) FROM mart.publication")).scalar_one() == 2


@pytest.mark.slow
def test_a_copy_of_a_home_at_rest_is_a_backup_of_the_embedded_warehouse() -> None:
    with new_home() as home, new_home() as other:
        (home / "inbox").mkdir(parents=True)
        (home / "inbox" / "good.xlsx").write_bytes(xlsx(台账=grid("training", TRAINING)))
        assert huizong(home, "run").returncode in (0, 1)
        before = answer(home, "indicators", "2021-H1")

        subprocess.run(["cp", "-a", home, other], check=True)
        assert answer(other, "indicators", "2021-H1") == before
