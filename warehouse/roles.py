"""The role ``huizong_reader``: reads schema mart and nothing else."""

import logging

import psycopg
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from warehouse.scripts import run_query

READER = "huizong_reader"
_ROLES = sa.table("pg_roles", *map(sa.column, ("rolname",)), schema="pg_catalog")

_log = logging.getLogger(__name__)


def grant_reader(connection: Connection) -> None:
    """Let the reader read mart; make the role if we may. Without it the night still runs, so that only warns."""
    if _exists(connection) or _create(connection):
        run_query(connection, "grant_reader")


def _exists(connection: Connection) -> bool:
    return connection.execute(sa.select(sa.exists().where(_ROLES.c.rolname == READER))).scalar_one()


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
