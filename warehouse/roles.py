"""The role ``huizong_reader``: reads schema mart and nothing else."""

import logging

import psycopg
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from warehouse.audit import Act, record
from warehouse.engine import lock_writers
from warehouse.errors import WarehouseError
from warehouse.scripts import run_query, run_script

READER = "huizong_reader"
_ROLES = sa.table("pg_roles", *map(sa.column, ("rolname",)), schema="pg_catalog")

_log = logging.getLogger(__name__)


def grant_reader(connection: Connection) -> None:
    """Let the reader read mart; make the role if we may. Without it the night still runs, so that only warns."""
    if _exists(connection, READER) or _create(connection):
        run_query(connection, "grant_reader")


def make_reader(engine: Engine, name: str, act: Act) -> None:
    """Let a role that logs in read mart, as a member of the reader. Again changes nothing but is written down as well.

    Raises:
        WarehouseError: there is no such role, there is no reader, or we may not grant it.
    """
    with engine.begin() as connection:
        lock_writers(connection)
        for role, login in ((READER, "NOLOGIN"), (name, "LOGIN")):
            if not _exists(connection, role):
                raise WarehouseError(
                    f"没有数据库角色「{role}」，请管理员先执行 CREATE ROLE {_quoted(connection, role)} {login}"
                )
        _grant(connection, name)
        record(connection, "grant reader", act, detail={"role": name})


def _grant(connection: Connection, name: str) -> None:
    try:
        run_script(connection, f"GRANT {READER} TO {_quoted(connection, name)}")
    except psycopg.errors.InsufficientPrivilege as error:
        raise WarehouseError(f"没有权限授予 {READER}，请管理员执行 GRANT {READER} TO {name}") from error
    except psycopg.errors.InvalidGrantOperation as error:
        raise WarehouseError(f"不能把 {READER} 授予「{name}」：请写报表工具登录用的角色") from error


def _quoted(connection: Connection, name: str) -> str:
    return connection.dialect.identifier_preparer.quote_identifier(name)


def _exists(connection: Connection, role: str) -> bool:
    return connection.execute(sa.select(sa.exists().where(_ROLES.c.rolname == role))).scalar_one()


def _create(connection: Connection) -> bool:
    """Whether the role is there now. Roles belong to the whole server: another database may make it meanwhile."""
    try:
        with connection.begin_nested():
            run_query(connection, "create_reader")
    except psycopg.errors.InsufficientPrivilege:
        _log.warning("没有权限建立只读角色：请管理员执行 CREATE ROLE %s，下次运行时自动授权", READER)
        return False
    except (psycopg.errors.DuplicateObject, psycopg.errors.UniqueViolation):
        return True
    return True
