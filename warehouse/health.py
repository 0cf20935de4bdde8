"""What ``huizong doctor`` asks the warehouse; nothing here changes anything."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from warehouse import tables as t
from warehouse.engine import Connection, Engine
from warehouse.roles import READER


@dataclass(frozen=True)
class Rights:
    """What the user of the database may do, and whether dashboards have a role to read with."""

    may_write: bool
    may_upgrade: bool
    has_reader: bool


@dataclass(frozen=True)
class LastNight:
    """The last night that came to its end, and why one after it failed, if one did; None where there was none."""

    finished_at: datetime | None
    is_scheduled: bool
    failure: str | None


@dataclass(frozen=True)
class ArchivedFile:
    """A file that the warehouse knows, and where its bytes are."""

    sha256: str
    archive: str


def server_version(engine: Engine) -> str:
    """The version of PostgreSQL, as ``15.18``."""
    with engine.connect() as connection:
        version: str = connection.execute(sa.func.current_setting("server_version")).scalar_one()
    return version.split(maxsplit=1)[0]


def rights(engine: Engine) -> Rights:
    """What the user may do in a warehouse whose tables are there."""
    may_insert = sa.func.has_table_privilege("core.run", "INSERT")
    may_create = sa.func.has_schema_privilege("core", "CREATE")
    roles = sa.table("pg_roles", sa.column("rolname"), schema="pg_catalog")
    with engine.connect() as connection:
        may_write, may_upgrade = connection.execute(sa.select(may_insert, may_create)).one()
        has_reader = connection.execute(sa.select(sa.exists().where(roles.c.rolname == READER))).scalar_one()
    return Rights(may_write, may_upgrade, has_reader)


def last_night(engine: Engine) -> LastNight:
    """How the nights stand; nights count whoever started them, since a site may use a cron of its own."""
    with engine.connect() as connection:
        ended = connection.execute(
            sa.select(t.run.c.run_id, t.run.c.finished_at)
            .where(t.run.c.finished_at.is_not(None))
            .order_by(t.run.c.run_id.desc())
            .limit(1)
        ).one_or_none()
        scheduled = sa.select(sa.exists().where(t.run.c.origin == "deployment"))
        return LastNight(
            finished_at=ended.finished_at if ended else None,
            is_scheduled=connection.execute(scheduled).scalar_one(),
            failure=_failure_after(connection, ended.run_id if ended else 0),
        )


def _failure_after(connection: Connection, run_id: int) -> str | None:
    failed = sa.select(t.run.c.failure).where(t.run.c.run_id > run_id, t.run.c.failure.is_not(None))
    found: str | None = connection.execute(failed.order_by(t.run.c.run_id.desc()).limit(1)).scalar_one_or_none()
    return found


def some_files(engine: Engine, count: int) -> list[ArchivedFile]:
    """So many files by chance: over the days, all have their turn."""
    chosen = sa.select(t.file.c.sha256, t.file.c.archive).order_by(sa.func.random()).limit(count)
    with engine.connect() as connection:
        return [ArchivedFile(*row) for row in connection.execute(chosen)]
