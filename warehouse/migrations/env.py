"""Alembic's entry: migrations run in this process, on the connection of ``warehouse.setup``."""

from alembic import context
from sqlalchemy.schema import CreateSchema

from warehouse.mart import published_value

connection = context.config.attributes["connection"]
connection.execute(CreateSchema("core", if_not_exists=True))
context.configure(connection=connection, target_metadata=published_value.metadata, version_table_schema="core")
with context.begin_transaction():
    context.run_migrations()
