"""The engine: one pool of connections to the warehouse, and what a transaction settles first: locks, and as of when."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine
from sqlalchemy.exc import ArgumentError, DBAPIError

from warehouse.errors import WarehouseError

__all__ = ["Connection", "Engine", "know_as_of", "lock_writers", "open_engine"]

OLDEST_SERVER = (15,)
CONNECT_SECONDS = "10"


def open_engine(url: str) -> Engine:
    """An engine whose server has answered; its sessions are in UTC and named huizong.

    Raises:
        WarehouseError: the URL is wrong, no server answers or it is too old. The message holds no password.
    """
    address = _address(url)
    # An error ends up in Prefect's log: it quotes the statement, and not the values that came with it.
    engine = sa.create_engine(address, pool_pre_ping=True, hide_parameters=True)
    try:
        with engine.connect() as connection:
            connection.execute(sa.select(1))
            version = connection.dialect.server_version_info
    except DBAPIError as error:
        raise WarehouseError(
            f"连不上数据库 {_without_password(address)}，请检查 HUIZONG_WAREHOUSE_URL 和数据库服务："
            f"{_first_line(error.orig)}"
        ) from error
    if version is None or version < OLDEST_SERVER:
        raise WarehouseError(f"数据库 {_without_password(address)} 太旧，请用 PostgreSQL 15 或更新的版本")
    return engine


def lock_writers(connection: Connection) -> None:
    """Wait until no other transaction changes the warehouse, and keep others out until ours ends."""
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended("huizong:write", 0))))


def know_as_of(connection: Connection, moment: datetime) -> None:
    """Set the views of the forms, until the transaction ends, to what was known at that moment."""
    connection.execute(sa.select(sa.func.set_config("huizong.as_of", moment.isoformat(), sa.true())))


def _address(url: str) -> URL:
    try:
        address = sa.make_url(url)
    except (ArgumentError, ValueError):
        # Without its cause, which quotes what was given: a part of it may be the password.
        raise WarehouseError(
            "HUIZONG_WAREHOUSE_URL 不是数据库地址，请写成 postgresql://用户:密码@主机:5432/库名"
        ) from None
    if address.get_backend_name() not in ("postgresql", "postgres"):
        raise WarehouseError(
            f"HUIZONG_WAREHOUSE_URL 指向 {address.get_backend_name()}，只支持 PostgreSQL："
            "请写成 postgresql://用户:密码@主机:5432/库名"
        )
    given = {name: value for name, value in address.query.items() if isinstance(value, str)}
    settings = {
        "connect_timeout": given.get("connect_timeout", CONNECT_SECONDS),
        "application_name": given.get("application_name", "huizong"),
        # Compiling a statement costs more than it saves: the many joins of a night are over few rows each.
        "options": f"{given.get('options', '')} -c TimeZone=UTC -c jit=off".strip(),
    }
    return address.set(drivername="postgresql+psycopg").update_query_dict(settings)


def _without_password(address: URL) -> str:
    return address.set(query={}).render_as_string(hide_password=True)


def _first_line(error: object) -> str:
    return str(error).strip().partition("\n")[0]
