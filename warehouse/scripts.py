"""The .sql files of this package: read, and run as they stand."""

import functools
import re
from importlib import resources
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Connection

if TYPE_CHECKING:
    import psycopg

_VIEW = re.compile(r"^CREATE OR REPLACE VIEW\s+(?P<schema>\w+)\.(?P<name>\w+)", re.IGNORECASE | re.MULTILINE)


@functools.cache
def query(name: str) -> sa.TextClause:
    """The statement of ``warehouse/queries/<name>.sql``; its parameters are written ``:name``."""
    return sa.text(_read("queries", f"{name}.sql"))


def run_query(connection: Connection, name: str) -> None:
    """Run the statements of ``warehouse/queries/<name>.sql``, which have no parameters and no result."""
    run_script(connection, _read("queries", f"{name}.sql"))


def view_scripts() -> list[str]:
    """The texts of ``warehouse/views/*.sql`` in the order of their names."""
    folder = resources.files("warehouse").joinpath("views")
    if not folder.is_dir():
        return []
    return [_read("views", name) for name in sorted(file.name for file in folder.iterdir()) if name.endswith(".sql")]


def views_in(script: str) -> list[tuple[str, str]]:
    """Schema and name of every view that a script creates."""
    return [(match["schema"], match["name"]) for match in _VIEW.finditer(script)]


def run_script(connection: Connection, script: str) -> None:
    """Run statements as they stand: a colon or a percent sign in them means nothing."""
    driver: psycopg.Connection | None = connection.connection.driver_connection
    assert driver is not None
    driver.execute(script.encode())


def _read(folder: str, name: str) -> str:
    return resources.files("warehouse").joinpath(folder, name).read_text(encoding="utf-8")
