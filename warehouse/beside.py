"""A database of its own for another program, on the server of the warehouse: Prefect's runs are kept in it."""

import psycopg
import sqlalchemy as sa

from warehouse.engine import open_engine
from warehouse.errors import WarehouseError
from warehouse.scripts import run_script

# Prefect searches names by similarity.
_NEEDED = "pg_trgm"


def database_beside(url: str, suffix: str) -> str | None:
    """The URL, for asyncpg, of the database with the warehouse's name and a suffix, which is made unless it is there.

    None where the server lacks what Prefect needs of it: the embedded one has no pg_trgm.

    Raises:
        WarehouseError: no server answers, or the user may not make a database.
    """
    engine = open_engine(url)
    name = f"{engine.url.database}{suffix}"
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            available = sa.text("SELECT EXISTS (SELECT FROM pg_available_extensions WHERE name = :name)")
            if not connection.execute(available, {"name": _NEEDED}).scalar_one():
                return None
            there = sa.text("SELECT EXISTS (SELECT FROM pg_database WHERE datname = :name)")
            if not connection.execute(there, {"name": name}).scalar_one():
                quoted = connection.dialect.identifier_preparer.quote_identifier(name)
                run_script(connection, f"CREATE DATABASE {quoted}")
    except psycopg.errors.InsufficientPrivilege as error:
        raise WarehouseError(
            f"数据库用户不能新建数据库，请管理员执行 CREATE DATABASE {name} OWNER 该用户，再运行 huizong serve"
        ) from error
    finally:
        engine.dispose()
    return _for_asyncpg(sa.make_url(url).set(database=name))


def _for_asyncpg(address: sa.URL) -> str:
    """The same address in the words of another driver, which calls sslmode ssl and knows few others."""
    ssl = address.query.get("sslmode")
    of_driver = address.set(drivername="postgresql+asyncpg", query={"ssl": ssl} if ssl else {})
    return of_driver.render_as_string(hide_password=False)
