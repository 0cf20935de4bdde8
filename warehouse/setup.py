"""The warehouse brought in step with the program: tables, views, register, indicators and the reader's rights."""

import functools
import hashlib
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

import psycopg
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy.engine import Connection, Engine

from schemas.calendar import working_days
from schemas.form import code_lists, load_forms, tables
from schemas.reference import accident_fines, reference_values
from schemas.unit import Register
from warehouse.definitions import sync_definitions
from warehouse.engine import lock_writers
from warehouse.errors import WarehouseError
from warehouse.form_views import create_form_views
from warehouse.forms import sync_form_tables
from warehouse.monthly_views import monthly_view_scripts
from warehouse.references import sync_codes, sync_due_days, sync_fines, sync_reference_values
from warehouse.register import load_indicators, own_indicators, sync_indicators
from warehouse.roles import grant_reader, renew_loader
from warehouse.scripts import run_script, view_scripts, views_in
from warehouse.tables import setup
from warehouse.try_select import try_selects
from warehouse.units import sync_register

PACKAGE = Path(__file__).parent


def prepare(
    engine: Engine,
    register: Register,
    at: datetime | None = None,
    note: Callable[[Connection], object] | None = None,
) -> None:
    """Make or update everything in the database that follows from the program and its definitions.

    One transaction: all or nothing. What was applied is remembered by its fingerprint, so that opening the warehouse
    again costs one query and takes no lock that a dashboard would feel.

    Args:
        engine: the warehouse, or an empty database.
        register: the units and who owes which form.
        at: the moment as of which a change of units is recorded, see ``clock.next_moment``; None is now.
        note: writes down who changed it, in the transaction of the change: neither is there without the other. Not
            called when everything was applied before.

    Raises:
        WarehouseError: a definition would lose data, the database is of a newer program, or rights are missing.
    """
    fingerprint = _fingerprint(register)
    try:
        with engine.connect() as connection:
            if _is_applied(connection, fingerprint):
                return
        with engine.begin() as connection:
            lock_writers(connection)
            if not _is_applied(connection, fingerprint):
                _apply(connection, register, at)
                connection.execute(sa.delete(setup))
                connection.execute(sa.insert(setup).values(fingerprint=fingerprint))
                if note:
                    note(connection)
    except (psycopg.errors.InsufficientPrivilege, sa.exc.ProgrammingError) as error:
        if not _is_about_rights(error):
            raise
        raise WarehouseError(
            "数据库用户没有建立或修改架构和表的权限，请库的所有者运行 huizong warehouse migrate；"
            "新建的库也可请管理员执行 GRANT CREATE ON DATABASE；"
            "只做夜间汇总的用户由所有者用 huizong warehouse grant-loader 授权"
        ) from error


def _apply(connection: Connection, register: Register, at: datetime | None) -> None:
    definitions = tables()
    migrate(connection)
    sync_form_tables(connection, definitions)
    create_form_views(connection, definitions)
    create_views(connection, [*view_scripts(), *monthly_view_scripts(connection)])
    sync_codes(connection, definitions)
    sync_fines(connection)
    sync_reference_values(connection)
    sync_register(connection, register, load_forms(), at)
    sync_due_days(connection, load_forms().values())
    sync_definitions(connection)
    try_selects(connection, own_indicators())
    sync_indicators(connection)
    grant_reader(connection)
    renew_loader(connection)


def migrate(connection: Connection) -> None:
    """Bring the fixed tables to the newest revision.

    Raises:
        WarehouseError: a newer program has migrated the database further.
    """
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(PACKAGE / "migrations").replace("%", "%%"))
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise WarehouseError(f"数据仓库由更新版本的程序建立，请升级 huizong：{error}") from error


def create_views(connection: Connection, scripts: Iterable[str]) -> None:
    """Run the scripts of the shared views; where a view's columns changed, drop all of them first.

    Raises:
        WarehouseError: somebody's own view reads one that has to be dropped.
    """
    scripts = list(scripts)
    try:
        with connection.begin_nested():
            _run_all(connection, scripts)
    except psycopg.errors.InvalidTableDefinition:
        _drop_views(connection, scripts)
        _run_all(connection, scripts)


def _run_all(connection: Connection, scripts: Iterable[str]) -> None:
    for script in scripts:
        run_script(connection, script)


def _drop_views(connection: Connection, scripts: Iterable[str]) -> None:
    views = ", ".join(f"{schema}.{name}" for script in scripts for schema, name in views_in(script))
    try:
        run_script(connection, f"DROP VIEW IF EXISTS {views}")
    except psycopg.errors.DependentObjectsStillExist as error:
        raise WarehouseError(
            f"新版本改了视图的列，而另有对象引用旧视图，请先删除它们：{error.diag.message_detail}"
        ) from error


def _is_applied(connection: Connection, fingerprint: str) -> bool:
    if not sa.inspect(connection).has_table(setup.name, schema=setup.schema):
        return False
    return connection.execute(sa.select(sa.exists().where(setup.c.fingerprint == fingerprint))).scalar_one()


def _fingerprint(register: Register) -> str:
    lists = (load_forms(), code_lists(), load_indicators(), register.versions)
    others = (register.obligations, accident_fines(), reference_values(), working_days())
    definitions = repr((*(sorted(each.items()) for each in lists), *others))
    return hashlib.sha256(_program() + definitions.encode()).hexdigest()


@functools.cache
def _program() -> bytes:
    """The digest of every program and statement of this package."""
    files = sorted(file for file in PACKAGE.rglob("*") if file.suffix in (".py", ".sql"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).digest()


def _is_about_rights(error: Exception) -> bool:
    return isinstance(getattr(error, "orig", error), psycopg.errors.InsufficientPrivilege)
