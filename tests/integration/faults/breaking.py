"""The faults: each lets a night run into one at a step, and says why the night failed, None where it did not.

Where a night works in the database it is held by a lock on a table that it is about to read or write; elsewhere at an
operation on a file. Nothing of the program knows of either.
"""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import sqlalchemy as sa

from tests.integration.faults.night import At, Night, NoRoom, Order
from tests.integration.faults.office import Office

WRITES, READS = "EXCLUSIVE", "ACCESS EXCLUSIVE"


@dataclass(frozen=True)
class Spot:
    """A place in the night: the step of the flow, and the lock or the file operation at which it can be held there.

    ``mode`` is the lock for which it waits there, as a writer or even as a reader.
    """

    step: str
    table: str = ""
    mode: str = WRITES
    event: str = ""
    part: str = ""
    count: int = 1

    @property
    def lock(self) -> str:
        return f"LOCK TABLE {self.table} IN {self.mode} MODE"


# In the order of the night: 计算, 审核 and 换版 are parts of its publication.
SPOTS = {
    "open": Spot("open", "core.setup"),
    "collect": Spot("collect", "core.file", READS, "os.rename", "/archive/", 2),
    "read": Spot("read", event="open", part="/archive/"),
    "load": Spot("load", "core.issue"),
    "return": Spot("return", "core.issue", READS, "os.rename", "/outbox/", 2),
    "compute": Spot("publish", "core.computed_state"),
    "audit": Spot("publish", event="os.rename", part="/data_docs/"),
    "swap": Spot("publish", "mart.published_value"),
    "bulletin": Spot("bulletin", "mart.publication", READS, "os.rename", "/reports/", 2),
}
_OTHERS = (
    "pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type LIKE 'client%'"
)
_WAITING = f"SELECT pid FROM {_OTHERS} AND wait_event_type = 'Lock'"
_END = f"SELECT pg_terminate_backend(pid) FROM {_OTHERS}"
_ONCE = """
    CREATE SEQUENCE public.fault_seen;
    CREATE FUNCTION public.fault() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF nextval('public.fault_seen') <= tg_argv[1]::int THEN
            RAISE EXCEPTION 'a fault that is meant' USING ERRCODE = tg_argv[0];
        END IF;
        RETURN NULL;
    END $$;
    CREATE TRIGGER fault BEFORE INSERT OR UPDATE OR DELETE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION public.fault('{code}', {times});
"""


def killed(office: Office, spot: Spot) -> str | None:
    """End it by SIGKILL while it waits for a table."""
    with _held(office, spot) as (night, _):
        night.kill()
    return night.end()


def killed_at_a_file(office: Office, spot: Spot) -> str | None:
    """End it by SIGKILL between two operations on files."""
    return _ordered(office, spot, _at(spot, signal.SIGKILL))


def without_room(office: Office, spot: Spot) -> str | None:
    """No file takes a byte more, from the step on: RLIMIT_FSIZE of the process."""
    return _ordered(office, spot, NoRoom())


def database_without_room(office: Office, spot: Spot) -> str | None:
    """PostgreSQL says that its disk is full (53100), by a trigger."""
    return _refused(office, spot, "53100", 1000)


def cut(office: Office, spot: Spot) -> str | None:
    """The connection is ended from outside while it waits for a table."""
    with _held(office, spot) as (night, _):
        office.run(f"SELECT pg_terminate_backend(pid) FROM ({_WAITING}) AS waiting")
    return night.end()


def cut_at_a_file(office: Office, spot: Spot) -> str | None:
    """Every connection is ended from outside between two operations on files."""
    with _stopped(office, spot) as night:
        office.run(_END)
    return night.end()


def read_only(office: Office, spot: Spot) -> str | None:
    """The database takes no changes from the step on, until the night is over."""
    return _with_default(office, spot, "default_transaction_read_only = on")


def slow(office: Office, spot: Spot) -> str | None:
    """Another session holds what it needs, for a while."""
    with _held(office, spot) as (night, _):
        time.sleep(1)
    return night.end()


def too_slow(office: Office, spot: Spot) -> str | None:
    """Another session holds what it needs for longer than statement_timeout."""
    with _held(office, spot, "statement_timeout = '2s'") as (night, _):
        failure = night.end()
    office.run(f"ALTER DATABASE {office.engine.url.database} RESET ALL")
    return failure


def not_serializable(office: Office, spot: Spot) -> str | None:
    """PostgreSQL asks to try again (40001), by a trigger."""
    return _refused(office, spot, "40001", 1)


def deadlock(office: Office, spot: Spot) -> str | None:
    """A real one: another session wants what the night has, and the night is the one that gives way."""
    has = {"load": "core.submission", "swap": "core.computed_state"}[_name(spot)]
    with _held(office, spot, "deadlock_timeout = '3s'") as (night, holder):
        holder.execute(sa.text("SET LOCAL deadlock_timeout = '10min'"))
        holder.execute(sa.text(f"LOCK TABLE {has} IN EXCLUSIVE MODE"))
    failure = night.end()
    office.run(f"ALTER DATABASE {office.engine.url.database} RESET ALL")
    return failure


def without_source(office: Office, spot: Spot) -> str | None:
    """The inbox is gone when three files have been taken from it, and is there again the next night."""
    away = office.inbox.with_name("away")
    with _stopped(office, replace(spot, event="open", part="/inbox/", count=4)) as night:
        office.inbox.rename(away)
    failure = night.end()
    away.rename(office.inbox)
    return failure


@contextmanager
def _held(office: Office, spot: Spot, default: str = "") -> Iterator[tuple[Night, sa.Connection]]:
    """A night that waits for the table of the spot, and who has it; the night goes on at the end."""
    with _before(office, spot, default) as night, office.engine.connect() as holder:
        holder.execute(sa.text(spot.lock))
        night.go()
        _wait_for_waiting(office, night)
        yield night, holder


def _wait_for_waiting(office: Office, night: Night) -> None:
    with office.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while not connection.execute(sa.text(_WAITING)).all():
            assert night.process.is_alive()
            time.sleep(0.01)


@contextmanager
def _stopped(office: Office, spot: Spot) -> Iterator[Night]:
    """A night that stands still at the file operation of the spot; it goes on at the end."""
    with _before(office, spot) as night:
        night.go(_at(spot, signal.SIGSTOP))
        night.wait_until_stopped()
        yield night
        night.go_on()


@contextmanager
def _before(office: Office, spot: Spot, default: str = "") -> Iterator[Night]:
    """A night that stands before the step, with a setting for all sessions from then on."""
    if spot.step == "open":
        # As after an upgrade: there is something to bring in step.
        office.run("DELETE FROM core.setup")
    night = Night(office.place)
    try:
        night.before(spot.step)
        if default:
            office.run(f"ALTER DATABASE {office.engine.url.database} SET {default}")
            office.run(_END)
        yield night
    except BaseException:
        night.kill()
        raise


def _ordered(office: Office, spot: Spot, order: Order) -> str | None:
    with _before(office, spot) as night:
        night.go(order)
    return night.end()


def _with_default(office: Office, spot: Spot, default: str) -> str | None:
    with _before(office, spot, default) as night:
        night.go()
    failure = night.end()
    # Said of this session alone: the default is that of the database.
    office.run(f"SET default_transaction_read_only = off; ALTER DATABASE {office.engine.url.database} RESET ALL")
    office.run(_END)
    office.engine.dispose()
    return failure


def _refused(office: Office, spot: Spot, code: str, times: int) -> str | None:
    with _before(office, spot) as night:
        office.run(_ONCE.format(table=spot.table, code=code, times=times))
        night.go()
    failure = night.end()
    office.run("DROP FUNCTION public.fault CASCADE; DROP SEQUENCE public.fault_seen")
    return failure


def _at(spot: Spot, number: int) -> At:
    return At(number, spot.event, spot.part, spot.count)


def _name(spot: Spot) -> str:
    return next(name for name, each in SPOTS.items() if each == spot)
