"""How the warehouse follows the program and its definitions, and what it refuses."""

import threading
import uuid
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from schemas.form import Form, Table, parse_form
from schemas.unit import Register, Unit, build_register
from tests.integration.builders import build_batch, report
from tests.integration.conftest import on_server
from warehouse import roles
from warehouse.engine import Engine, open_engine
from warehouse.errors import WarehouseError
from warehouse.form_views import create_form_views
from warehouse.forms import sync_form_tables
from warehouse.load import load
from warehouse.mart import published_value
from warehouse.setup import create_views, migrate, prepare

FORM = """
id = "pump"
code = "F99"
title = "排涝泵站"
grain = "event"
key = ["pump_no"]
[columns.pump_no]
label = "泵站编号"
type = "text"
[columns.power]
label = "功率"
unit = "千瓦"
type = "amount"
decimals = 1
"""


def definitions(text: str = FORM) -> Mapping[str, tuple[Form, Table]]:
    form = parse_form(text, "pump.toml")
    return {table.id: (form, table) for table in form.tables.values()}


def with_column() -> str:
    return FORM.replace("[columns.power]", '[columns.note]\nlabel = "说明"\ntype = "text"\n[columns.power]')


def sync(engine: Engine, text: str = FORM) -> None:
    with engine.begin() as connection:
        sync_form_tables(connection, definitions(text))
        create_form_views(connection, definitions(text))


def columns(engine: Engine, table: str, schema: str = "form_data") -> dict[str, str]:
    found = sa.inspect(engine).get_columns(table, schema=schema)
    return {column["name"]: str(column["type"]) for column in found}


@pytest.fixture
def pumps(empty_engine: Engine) -> Engine:
    """A warehouse with one form."""
    with empty_engine.begin() as connection:
        migrate(connection)
    sync(empty_engine)
    return empty_engine


def test_migrations_make_the_tables_as_they_are_described(engine: Engine) -> None:
    def is_fixed(name: str | None, kind: str, _parents: object) -> bool:
        return name in ("core", "mart") if kind == "schema" else name != "alembic_version"

    options: dict[str, Any] = {"include_schemas": True, "include_name": is_fixed, "compare_server_default": True}
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts=options), published_value.metadata) == []


def test_preparing_again_changes_nothing(engine: Engine, register: Register) -> None:
    def state() -> object:
        with engine.connect() as connection:
            return connection.execute(sa.text("SELECT fingerprint, applied_at, xmin::text FROM core.setup")).all()

    before = state()
    prepare(engine, register)

    assert state() == before


def test_what_was_prepared_by_another_version_is_brought_in_step(engine: Engine, register: Register) -> None:
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE core.setup SET fingerprint = 'another'"))
        connection.execute(sa.text("DROP VIEW form.training CASCADE"))

    prepare(engine, register)

    assert "participants" in columns(engine, "training", "form")


def test_two_that_prepare_an_empty_database_together_both_succeed(empty_url: str, register: Register) -> None:
    engines = [open_engine(empty_url) for _ in range(3)]
    failures: list[BaseException] = []

    def attempt(engine: Engine) -> None:
        try:
            prepare(engine, register)
        except BaseException as error:  # noqa: BLE001 -- shown by the assertion
            failures.append(error)

    threads = [threading.Thread(target=attempt, args=[engine]) for engine in engines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for engine in engines:
        engine.dispose()

    assert failures == []


def test_a_database_of_a_newer_program_is_refused(engine: Engine, register: Register) -> None:
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE core.setup SET fingerprint = 'newer'"))
        connection.execute(sa.text("UPDATE core.alembic_version SET version_num = '9999'"))

    with pytest.raises(WarehouseError, match="请升级 huizong"):
        prepare(engine, register)


def test_a_form_becomes_a_table_with_comments_and_a_view(pumps: Engine) -> None:
    assert columns(pumps, "pump") == {
        "submission_id": "BIGINT",
        "source_row": "INTEGER",
        "pump_no": "TEXT",
        "power": "NUMERIC(16, 1)",
    }
    found = sa.inspect(pumps)
    assert found.get_table_comment("pump", schema="form_data")["text"] == "F99 排涝泵站"
    assert found.get_columns("pump", schema="form_data")[-1]["comment"] == "功率（千瓦）"
    own = ["source_id", "submission_id", "source_row", "unit_code", "month"]
    assert list(columns(pumps, "pump", "form")) == [*own, "pump_no", "power"]


def test_a_new_column_appears_in_table_and_view_and_keeps_the_rows(pumps: Engine) -> None:
    with pumps.begin() as connection:
        connection.execute(sa.text("INSERT INTO form_data.pump VALUES (1, 3, 'A', 75)"))

    sync(pumps, with_column())

    assert columns(pumps, "pump")["note"] == "TEXT"
    assert "note" in columns(pumps, "pump", "form")
    with pumps.connect() as connection:
        row = connection.execute(sa.text("SELECT pump_no, power, note FROM form_data.pump")).one()
    assert tuple(row) == ("A", 75, None)


def test_what_others_read_from_a_form_view_survives_a_new_column(pumps: Engine) -> None:
    with pumps.begin() as connection:
        connection.execute(sa.text("CREATE VIEW public.mine AS SELECT power FROM form.pump"))

    sync(pumps, with_column())

    assert list(columns(pumps, "mine", "public")) == ["power"]


def test_a_new_label_is_a_new_comment(pumps: Engine) -> None:
    sync(pumps, FORM.replace("功率", "额定功率"))

    assert sa.inspect(pumps).get_columns("pump", schema="form_data")[-1]["comment"] == "额定功率（千瓦）"


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        (with_column().replace('type = "amount"\ndecimals = 1', 'type = "integer"'), r"pump\.power .*改回原来的 type"),
        (with_column().replace("decimals = 1", "decimals = 2"), r"NUMERIC\(16, 1\)，定义成了 NUMERIC\(16, 2\)"),
        (with_column().replace("columns.power", "columns.watts"), r"pump\.power .*恢复这一列"),
        (with_column().replace('id = "pump"', 'id = "station"'), "表 pump .*恢复它"),
    ],
)
def test_what_would_lose_data_is_refused_and_nothing_changes(pumps: Engine, text: str, advice: str) -> None:
    before = columns(pumps, "pump")

    with pytest.raises(WarehouseError, match=advice):
        sync(pumps, text)

    assert columns(pumps, "pump") == before
    assert sa.inspect(pumps).get_table_names(schema="form_data") == ["pump"]


def test_a_required_column_may_be_empty_in_old_rows(pumps: Engine) -> None:
    sync(pumps, with_column().replace('label = "说明"', 'required = true\nlabel = "说明"'))

    assert sa.inspect(pumps).get_columns("pump", schema="form_data")[-1]["nullable"]


def view(columns_of_it: str, name: str = "shared") -> str:
    return f"CREATE OR REPLACE VIEW mart.{name} AS SELECT {columns_of_it}"


def test_a_shared_view_whose_columns_changed_is_made_anew(engine: Engine) -> None:
    with engine.begin() as connection:
        create_views(connection, [view("1 AS a, 2 AS b"), view("a FROM mart.shared", "above")])
    with engine.begin() as connection:
        create_views(connection, [view("'x' AS b, 1 AS a"), view("a, b FROM mart.shared", "above")])

    assert list(columns(engine, "shared", "mart")) == ["b", "a"]
    assert list(columns(engine, "above", "mart")) == ["a", "b"]


def test_a_view_of_somebody_else_is_never_dropped(engine: Engine) -> None:
    with engine.begin() as connection:
        create_views(connection, [view("1 AS a, 2 AS b")])
        connection.execute(sa.text("CREATE VIEW public.mine AS SELECT a FROM mart.shared"))

    with pytest.raises(WarehouseError, match=r"view mine"), engine.begin() as connection:
        create_views(connection, [view("'x' AS b")])

    assert list(columns(engine, "shared", "mart")) == ["a", "b"]
    assert list(columns(engine, "mine", "public")) == ["a"]


def test_the_register_is_in_the_warehouse(engine: Engine, register: Register) -> None:
    with engine.connect() as connection:
        units = connection.execute(sa.text("SELECT code, level, parent FROM core.unit")).all()
        duties = connection.execute(sa.text("SELECT unit_code, form FROM core.obligation")).all()

    assert {(code, level, parent) for code, level, parent in units} == {
        (unit.code, unit.level, unit.parent) for unit in register.units.values()
    }
    assert {tuple(row) for row in duties} == {(duty.unit_code, duty.form) for duty in register.duties()}


def changed(register: Register, drop: str = "", *more: Unit) -> Register:
    kept = [unit for unit in register.units.values() if unit.code != drop]
    return build_register([*kept, *more], register.obligations)


def test_a_unit_may_come_be_renamed_and_go(engine: Engine, register: Register) -> None:
    prepare(engine, changed(register, "340404D19", Unit(code="340404900", name="新镇", kind="town", parent="340404")))
    renamed = Unit(code="340404900", name="更名镇", kind="town", parent="340404")
    prepare(engine, changed(register, "340404D19", renamed))

    with engine.connect() as connection:
        units = {tuple(row) for row in connection.execute(sa.text("SELECT code, name FROM core.known_unit"))}
    assert ("340404900", "更名镇") in units
    assert "340404D19" not in {code for code, _ in units}


def test_a_unit_that_has_reported_cannot_be_dropped_from_the_list(engine: Engine, register: Register) -> None:
    load(engine, build_batch(report("training", "340404001", "2021-03")))

    with pytest.raises(WarehouseError, match=r"谢家集街道（340404001）"):
        prepare(engine, changed(register, "340404001"))


@pytest.fixture
def weak(server_url: str) -> Iterator[str]:
    """A role without any right."""
    name = f"huizong_weak_{uuid.uuid4().hex[:8]}"
    on_server(server_url, f"CREATE ROLE {name}")
    yield name
    on_server(server_url, f"DROP ROLE {name}")


def test_a_user_who_may_not_make_tables_is_told_what_to_grant(empty_url: str, weak: str, register: Register) -> None:
    engine = open_engine(as_role(empty_url, weak))

    with pytest.raises(WarehouseError, match="GRANT CREATE ON DATABASE"):
        prepare(engine, register)
    engine.dispose()


def test_a_user_who_may_not_even_read_is_told_how_to_be_let_in(
    warehouse_url: str, weak: str, register: Register
) -> None:
    engine = open_engine(as_role(warehouse_url, weak))

    with pytest.raises(WarehouseError, match="huizong warehouse grant-loader"):
        prepare(engine, register)
    engine.dispose()


def test_a_user_who_may_not_make_roles_is_warned_and_goes_on(
    engine: Engine, weak: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(roles, "READER", "huizong_reader_of_a_new_server")
    with engine.begin() as connection:
        connection.execute(sa.text(f"SET ROLE {weak}"))
        roles.grant_reader(connection)
        assert connection.execute(sa.text("SELECT 1")).scalar_one() == 1

    assert "请管理员执行 CREATE ROLE" in caplog.text


def as_role(url: str, role: str) -> str:
    """The URL of sessions that have only the rights of the role."""
    address = sa.make_url(url).update_query_dict({"options": f"-c role={role}"})
    return address.render_as_string(hide_password=False)


@pytest.mark.parametrize(
    ("url", "advice"),
    [
        ("不是地址", "不是数据库地址"),
        ("postgresql://u@127.0.0.1:secret/x", "不是数据库地址"),
        ("sqlite:///x.db", "只支持 PostgreSQL"),
        ("postgresql://u:secret@127.0.0.1:1/x", "连不上数据库 .*HUIZONG_WAREHOUSE_URL"),
    ],
)
def test_a_wrong_url_is_named_without_its_password(url: str, advice: str) -> None:
    with pytest.raises(WarehouseError, match=advice) as caught:
        open_engine(url)

    assert "secret" not in str(caught.value)


def test_an_error_of_the_database_quotes_no_value_that_was_sent(engine: Engine) -> None:
    with pytest.raises(sa.exc.DBAPIError) as caught, engine.connect() as connection:
        connection.execute(sa.text("SELECT nothing FROM core.file WHERE name = :name"), {"name": "张三"})

    assert "张三" not in str(caught.value)


def test_sessions_are_in_utc_and_named(engine: Engine) -> None:
    with engine.connect() as connection:
        assert connection.execute(sa.text("SHOW timezone")).scalar_one() == "UTC"
        assert connection.execute(sa.text("SHOW application_name")).scalar_one() == "huizong"


def test_the_codes_of_lists_and_of_forms_are_in_the_warehouse_with_their_validity(engine: Engine) -> None:
    with engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT list, code, name, valid_from, valid_to FROM mart.code"))
        codes = {(row.list, row.code): (row.name, row.valid_from, row.valid_to) for row in rows}

    assert codes[("campaign", "DJC")] == ("大检查大起底大整治", date(2020, 10, 1), date(2022, 1, 1))
    assert codes[("training.mode", "online")] == ("网络课堂", None, None)
    assert codes[("sector", "town_gas")] == ("城镇燃气", None, None)
    assert not any(name.endswith(".sector") for name, _ in codes)


def test_an_index_of_somebody_else_is_never_dropped(pumps: Engine) -> None:
    with pumps.begin() as connection:
        connection.execute(sa.text("CREATE INDEX mine ON form_data.pump (power)"))

    sync(pumps, with_column())

    names = {index["name"] for index in sa.inspect(pumps).get_indexes("pump", schema="form_data")}
    assert names == {"mine", "ix_pump_key"}
