"""Which revision of the fixed tables a database has, and which is the newest."""

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Engine

from warehouse.setup import PACKAGE


def newest_revision() -> str | None:
    """The Alembic revision of this program."""
    return ScriptDirectory(str(PACKAGE / "migrations")).get_current_head()


def current_revision(engine: Engine) -> str | None:
    """The Alembic revision of the database, as ``0002``; None where nothing was made yet."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table_schema": "core"})
        return context.get_current_revision()
