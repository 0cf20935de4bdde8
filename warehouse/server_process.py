"""One PostgreSQL server process: is it there, does it answer; create its data, launch it, stop it.

Who may do so, and when, is the business of ``warehouse.server``; here nothing is locked.
"""

import logging
import os
import pwd
import shutil
import subprocess
import time

import psutil
from psycopg.pq import PGconn, Ping

from warehouse.errors import WarehouseError
from warehouse.server_place import SOCKET_NAME, Place

START_SECONDS = 300
ANSWER_SECONDS = 30
# No network, and no data in the log: an error's message may quote a name.
SETTINGS = {
    "listen_addresses": "",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "log_min_messages": "log",
}

_log = logging.getLogger(__name__)


def create(place: Place) -> None:
    """Make the data folder all at once: a killed initdb leaves nothing that looks like a database."""
    unfinished = place.home / "data.new"
    shutil.rmtree(unfinished, ignore_errors=True)
    locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    made = _run(
        place, "initdb", "-D", unfinished.name, "-U", "postgres", "--auth-local=trust", "--auth-host=reject", *locale
    )
    if made.returncode:
        raise WarehouseError(f"在 {place.home} 建数据库失败，请检查磁盘空间和权限：{_last_line(made.stdout)}")
    unfinished.rename(place.data)


def is_served(place: Place) -> bool:
    """Whether a server of this data folder answers.

    One that does not answer is stopped; what a killed one left behind is cleared, so that the next can start.
    """
    pid = _server_pid(place)
    if pid is not None:
        if _answers(place):
            return True
        _log.warning("数据库进程 %d 没有应答，重新启动", pid)
        stop(place)
    _clear_after_a_kill(place)
    return False


def _clear_after_a_kill(place: Place) -> None:
    """Remove a stale pid file, but only where PostgreSQL refuses to: it clears the others with more care."""
    _kill_strays(place)
    pid_file = place.data / "postmaster.pid"
    words = pid_file.read_text().split() if pid_file.exists() else []
    if not words or not words[0].isdigit() or psutil.pid_exists(int(words[0])):
        pid_file.unlink(missing_ok=True)
        (place.sockets / f"{SOCKET_NAME}.lock").unlink(missing_ok=True)


def _kill_strays(place: Place) -> None:
    """Kill what is left of a killed server, and the server of a data folder of this name that was deleted.

    The latter would live on for up to a minute and then remove the socket of the new server.
    """
    strays = [process for process in psutil.process_iter() if _works_in(process, str(place.data))]
    for process in strays:
        process.kill()
    psutil.wait_procs(strays, timeout=ANSWER_SECONDS)


def _works_in(process: psutil.Process, data: str) -> bool:
    try:
        return process.name() == "postgres" and process.cwd().removesuffix(" (deleted)") == data
    except psutil.Error:
        return False


def launch(place: Place) -> None:
    """Start the server and wait until it answers.

    Raises:
        WarehouseError: it does not; the message ends with the last line of its log.
    """
    settings = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
    options = ["-w", "-s", f"-t{START_SECONDS}", "-D", "data", "-l", "server.log"]
    started = _run(place, "pg_ctl", "start", *options, "-o", f"{settings} -k {place.sockets}")
    if started.returncode or not _answers(place):
        log = place.home / "server.log"
        reason = log.read_text(errors="replace") if log.exists() else started.stdout
        raise WarehouseError(f"内置数据库没有启动，请查看 {log}：{_last_line(reason)}")


def stop(place: Place) -> None:
    """Stop the server, if one runs; open connections are closed, open transactions rolled back."""
    if _server_pid(place) is not None:
        _run(place, "pg_ctl", "stop", "-s", "-m", "fast", "-D", "data")


def socket_folder(place: Place) -> str:
    """Where the running server listens: a process with another temporary folder may have started it."""
    return _pid_file(place)[4]


def _server_pid(place: Place) -> int | None:
    """The server process of this data folder; None if the pid file is missing or names some other process."""
    try:
        process = psutil.Process(int(_pid_file(place)[0]))
        if process.name() != "postgres" or process.status() == psutil.STATUS_ZOMBIE:
            return None
        return process.pid if _works_in_its_data(process, place) else None
    except (psutil.NoSuchProcess, FileNotFoundError, IndexError, ValueError):
        return None


def _works_in_its_data(process: psutil.Process, place: Place) -> bool:
    try:
        return place.data.samefile(process.cwd())
    except psutil.AccessDenied:
        # Some containers hide it even from root. Better believe in it than start a second one.
        return True


def _pid_file(place: Place) -> list[str]:
    return (place.data / "postmaster.pid").read_text().splitlines()


def _answers(place: Place) -> bool:
    """Whether the server answers within the time; the pid file alone proves nothing."""
    deadline = time.monotonic() + ANSWER_SECONDS
    while time.monotonic() < deadline and _server_pid(place) is not None:
        if _ping(place) == Ping.OK:
            return True
        time.sleep(0.1)
    return False


def _ping(place: Place) -> Ping:
    folder = "".join(_pid_file(place)[4:5]) or place.sockets
    return Ping(PGconn.ping(f"host={folder} port=5432 user=postgres dbname=postgres connect_timeout=2".encode()))


def _run(place: Place, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a program of PostgreSQL as the owner, in a plain environment, in the home: paths need no quotes."""
    foreign = ("PG", "LC_", "LANG")
    owner = None if place.user is None else pwd.getpwnam(place.user)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    return subprocess.run(
        [place.programs / program, *arguments],
        cwd=place.home,
        env=environment | {"LC_ALL": "C"},
        user=owner and owner.pw_uid,
        group=owner and owner.pw_gid,
        extra_groups=owner and [],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def _last_line(text: str) -> str:
    return text.strip().rpartition("\n")[2]
