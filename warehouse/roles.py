"""The roles of the database: the reader sees schema mart, the loader does what a night does, the owner everything.

The owner is whoever made the tables. The other two are roles of the server that nobody logs in with; those who log in
are members of them.
"""

import logging

import psycopg
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from schemas.form import tables
from warehouse.audit import Act, record
from warehouse.engine import lock_writers
from warehouse.errors import WarehouseError
from warehouse.forget import columns_of_people
from warehouse.forms import DATA_SCHEMA
from warehouse.scripts import run_query, run_script

READER = "huizong_reader"
LOADER = "huizong_loader"
_ROLES = sa.table("pg_roles", *map(sa.column, ("rolname",)), schema="pg_catalog")

_log = logging.getLogger(__name__)


def grant_reader(connection: Connection) -> None:
    """Let the reader read mart; make the role if we may. Without it the night still runs, so that only warns."""
    if _exists(connection, READER) or _create(connection, READER):
        run_query(connection, "grant_reader")
    else:
        _log.warning("没有权限建立只读角色：请管理员执行 CREATE ROLE %s，下次运行时自动授权", READER)


def renew_loader(connection: Connection) -> None:
    """Give the loader the rights that it has today, where somebody asked for such a role."""
    if _exists(connection, LOADER):
        run_query(connection, "grant_loader")
        _let_forget(connection)


def make_reader(engine: Engine, name: str, act: Act) -> None:
    """Let a role that logs in read mart, as a member of the reader. Again changes nothing but is written down as well.

    Raises:
        WarehouseError: there is no such role, there is no reader, or we may not grant it.
    """
    with engine.begin() as connection:
        lock_writers(connection)
        _let_in(connection, name, READER)
        record(connection, "grant reader", act, detail={"role": name})


def make_loader(engine: Engine, name: str, act: Act) -> None:
    """Let a role that logs in run nights and administer reports, as a member of the loader, which is made if need be.

    Raises:
        WarehouseError: there is no such role, or we may neither make the loader nor grant it.
    """
    with engine.begin() as connection:
        lock_writers(connection)
        if not _exists(connection, LOADER):
            _create(connection, LOADER)
        try:
            renew_loader(connection)
        except psycopg.errors.InsufficientPrivilege as error:
            raise WarehouseError("没有权限授权，请用库的所有者运行 huizong warehouse grant-loader") from error
        _let_in(connection, name, LOADER)
        record(connection, "grant loader", act, detail={"role": name})


def _let_forget(connection: Connection) -> None:
    """The loader takes people out of the facts when their time is over: see ``warehouse.forget``."""
    for table_id, (_, table) in tables().items():
        if names := ", ".join(_quoted(connection, name) for name in columns_of_people(table)):
            run_script(connection, f"GRANT UPDATE ({names}) ON {DATA_SCHEMA}.{table_id} TO {LOADER}")


def _let_in(connection: Connection, name: str, role: str) -> None:
    """Make a role that logs in a member of one of ours."""
    for needed, login in ((role, "NOLOGIN"), (name, "LOGIN")):
        if not _exists(connection, needed):
            raise WarehouseError(
                f"没有数据库角色「{needed}」，请管理员先执行 CREATE ROLE {_quoted(connection, needed)} {login}"
            )
    try:
        run_script(connection, f"GRANT {_quoted(connection, role)} TO {_quoted(connection, name)}")
    except psycopg.errors.InsufficientPrivilege as error:
        raise WarehouseError(f"没有权限授予 {role}，请管理员执行 GRANT {role} TO {name}") from error
    except psycopg.errors.InvalidGrantOperation as error:
        raise WarehouseError(f"不能把 {role} 授予「{name}」：请写登录用的角色") from error


def _quoted(connection: Connection, name: str) -> str:
    return connection.dialect.identifier_preparer.quote_identifier(name)


def _exists(connection: Connection, role: str) -> bool:
    return connection.execute(sa.select(sa.exists().where(_ROLES.c.rolname == role))).scalar_one()


def _create(connection: Connection, role: str) -> bool:
    """Whether the role is there now. Roles belong to the whole server: another database may make it meanwhile."""
    try:
        with connection.begin_nested():
            run_script(connection, f"CREATE ROLE {_quoted(connection, role)} NOLOGIN")
    except psycopg.errors.InsufficientPrivilege:
        return False
    except (psycopg.errors.DuplicateObject, psycopg.errors.UniqueViolation):
        return True
    return True
