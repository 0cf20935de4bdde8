"""Everything PostgreSQL: server, engine, tables, migrations, indicators, views and roles."""
