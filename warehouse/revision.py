"""Which revision of the fixed tables a database has."""

from alembic.migration import MigrationContext
from sqlalchemy.engine import Engine


def current_revision(engine: Engine) -> str | None:
    """The Alembic revision of the database, as ``0002``; None where nothing was made yet."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table_schema": "core"})
        return context.get_current_revision()
