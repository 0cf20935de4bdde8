"""The same real PostgreSQL as in the integration tests."""

from tests.integration.conftest import engine, register, server_url, template, warehouse_url

__all__ = ["engine", "register", "server_url", "template", "warehouse_url"]
