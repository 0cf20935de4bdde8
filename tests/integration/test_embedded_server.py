"""The embedded PostgreSQL, through everything that a folder, a user and a kill can do to it."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
import sqlalchemy as sa

from warehouse.errors import WarehouseError
from warehouse.server import start_embedded
from warehouse.server_place import find_place

ROOT = Path(__file__).parents[2]
PROGRAM = """
import os, pwd, sys, time
from pathlib import Path
import sqlalchemy as sa
import sqlalchemy.dialects.postgresql.psycopg
from warehouse.server import start_embedded
if user := os.environ.get("BECOME"):  # not sooner: Python itself may lie in a closed folder
    os.setgroups([])
    os.setgid(pwd.getpwnam(user).pw_gid)
    os.setuid(pwd.getpwnam(user).pw_uid)
url = start_embedded(Path(sys.argv[1]))
engine = sa.create_engine(url)
with engine.begin() as connection:
    for statement in sys.argv[3:]:
        connection.execute(sa.text(statement))
engine.dispose()
print(url, flush=True)
time.sleep(float(sys.argv[2]))
"""

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that every user may pass, since pytest's own are closed."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        path = Path(name).resolve()
        path.chmod(0o711)
        yield path
        for process in servers_of(path):
            process.kill()


def servers_of(folder: Path) -> list[psutil.Process]:
    """Every postgres process that works below the folder."""
    everyone = psutil.process_iter(["name", "cwd"])
    return [p for p in everyone if p.info["name"] == "postgres" and f"{folder}/" in (p.info["cwd"] or "")]


def begin(data_dir: Path, *statements: str, seconds: float = 0, user: str = "") -> subprocess.Popen[str]:
    """A process of its own group that starts the server, runs the statements and lives on a while."""
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(data_dir), str(seconds), *statements],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PGPORT": "6000", "LANG": "zh_CN.GBK", "BECOME": user},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def finish(process: subprocess.Popen[str]) -> str:
    """The URL that the process printed; its end is awaited."""
    output, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    return output.strip()


def kill_group(process: subprocess.Popen[str]) -> None:
    """Wait until the process is ready, then kill it and all of its group."""
    assert process.stdout is not None
    process.stdout.readline()
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def ask(url: str, statement: str) -> object:
    with sa.create_engine(url, poolclass=sa.NullPool).connect() as connection:
        return connection.execute(sa.text(statement)).scalar_one()


def test_a_second_start_in_one_process_gives_the_same_server(folder: Path) -> None:
    first = start_embedded(folder / "w")
    pid = ask(first, "SELECT pg_postmaster_start_time()")

    assert start_embedded(folder / "w") == first
    assert ask(first, "SELECT pg_postmaster_start_time()") == pid


def test_a_server_killed_within_a_process_is_started_again(folder: Path) -> None:
    url = start_embedded(folder / "w")
    for server in servers_of(folder):
        server.kill()

    assert ask(start_embedded(folder / "w"), "SELECT 1") == 1
    assert ask(url, "SELECT 1") == 1


def test_data_is_utf8_and_sorted_alike_on_every_machine(folder: Path) -> None:
    url = start_embedded(folder / "w")

    assert ask(url, "SHOW server_encoding") == "UTF8"
    assert ask(url, "SELECT datlocale FROM pg_database WHERE datname = 'postgres'") == "C.UTF-8"


def test_the_server_listens_to_no_network_and_logs_no_data(folder: Path) -> None:
    url = start_embedded(folder / "w")
    with pytest.raises(sa.exc.DBAPIError):
        ask(url, "SELECT '张三'::integer")

    assert ask(url, "SHOW listen_addresses") == ""
    assert "张三" not in (folder / "w" / "server.log").read_text()


def test_the_server_would_refuse_a_network_if_it_listened_to_one(folder: Path) -> None:
    url = start_embedded(folder / "w")

    methods = "SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules WHERE type LIKE 'host%'"
    assert ask(url, methods) == "reject"


# The socket of a folder with a long path is in the temporary folder.
@pytest.mark.parametrize("name", ["short", "x" * 120])
def test_folders_of_data_and_socket_are_private(folder: Path, name: str) -> None:
    url = start_embedded(folder / name / "w")

    home, socket = folder / name / "w", Path(url.partition("?host=")[2])
    assert {each.stat().st_mode & 0o777 for each in (home, home / "data", socket)} == {0o700}
    assert (socket / ".s.PGSQL.5432").stat().st_mode & 0o777 == 0o700


@as_root
def test_another_user_does_not_reach_the_socket(folder: Path) -> None:
    socket = Path(start_embedded(folder / "w").partition("?host=")[2]) / ".s.PGSQL.5432"
    attempt = (
        "import os, pwd, socket, sys\n"
        "os.setgroups([]); os.setuid(pwd.getpwnam('nobody').pw_uid)\n"
        "socket.socket(socket.AF_UNIX).connect(sys.argv[1])\n"
    )

    tried = subprocess.run([sys.executable, "-c", attempt, str(socket)], capture_output=True, text=True, check=False)

    assert "PermissionError" in tried.stderr


@pytest.mark.parametrize("name", ["a folder", "应急管理局", "$HOME \"'`x", "x" * 120])
def test_a_folder_of_any_name_will_do(folder: Path, name: str) -> None:
    url = finish(begin(folder / name / "w"))

    socket = Path(url.partition("?host=")[2])
    assert (folder / name / "w" / "data" / "PG_VERSION").exists()
    assert not socket.exists()
    assert not servers_of(folder)


def test_the_server_stops_with_the_last_of_two_processes(folder: Path) -> None:
    longer = begin(folder / "w", seconds=5)
    assert longer.stdout is not None
    longer.stdout.readline()

    finish(begin(folder / "w"))
    assert servers_of(folder)

    longer.communicate()
    assert not servers_of(folder)


def test_processes_that_start_together_share_one_server(folder: Path) -> None:
    together = [begin(folder / "w", seconds=2) for _ in range(4)]

    assert len({finish(process) for process in together}) == 1
    assert not servers_of(folder)


def test_a_forked_child_leaves_the_server_to_its_parent(folder: Path) -> None:
    fork = (
        "import os, sys\nfrom pathlib import Path\nfrom warehouse.server import start_embedded\n"
        "url = start_embedded(Path(sys.argv[1]))\nchild = os.fork()\nif not child:\n    sys.exit()\n"
        "os.waitpid(child, 0)\nimport psycopg\n"
        "print(psycopg.connect(url.replace('+psycopg', '')).execute('SELECT 7').fetchone()[0])"
    )
    done = subprocess.run(
        [sys.executable, "-c", fork, str(folder / "w")], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.stdout.strip() == "7", done.stderr
    assert not servers_of(folder)


def test_after_a_kill_of_the_process_group_data_is_there_and_the_server_stops_again(folder: Path) -> None:
    kill_group(begin(folder / "w", "CREATE TABLE kept AS SELECT 42 AS n", seconds=60))
    assert servers_of(folder), "the server outlives its client"

    finish(begin(folder / "w", "INSERT INTO kept VALUES (43)"))
    assert not servers_of(folder)
    assert ask(start_embedded(folder / "w"), "SELECT sum(n) FROM kept") == 85


def test_after_a_kill_of_everything_committed_data_is_there(folder: Path) -> None:
    killed = begin(folder / "w", "CREATE TABLE kept AS SELECT 42 AS n", seconds=60)
    kill_group(killed)
    for server in servers_of(folder):
        server.kill()

    assert (folder / "w" / "data" / "postmaster.pid").exists()
    assert ask(start_embedded(folder / "w"), "SELECT n FROM kept") == 42


@pytest.mark.parametrize("other", ["a stranger", "nobody", "nonsense", "empty"])
def test_a_stale_pid_file_does_not_stop_the_start(folder: Path, other: str) -> None:
    finish(begin(folder / "w"))
    pids = {"a stranger": str(os.getpid()), "nobody": "4194300", "nonsense": "?"}
    lines = [
        pids.get(other, ""),
        str(folder / "w" / "data"),
        "1600000000",
        "5432",
        str(folder / "w"),
        "",
        "0 0",
        "ready",
        "",
    ]
    (folder / "w" / "data" / "postmaster.pid").write_text("" if other == "empty" else "\n".join(lines))

    assert ask(start_embedded(folder / "w"), "SELECT 1") == 1


def test_a_killed_initdb_is_begun_anew(folder: Path) -> None:
    place = find_place(folder / "w")
    (place.home / "start.lock").touch()
    (place.home / "data.new").mkdir()
    (place.home / "data.new" / "PG_VERSION").write_text("18\n")

    assert ask(start_embedded(folder / "w"), "SELECT 1") == 1


def test_a_folder_deleted_under_a_running_server_can_be_used_at_once(folder: Path) -> None:
    kill_group(begin(folder / "w", seconds=60))
    old = servers_of(folder)
    shutil.rmtree(folder / "w")

    finish(begin(folder / "w"))

    assert not any(process.is_running() for process in old)


def test_a_folder_with_other_things_in_it_is_refused_and_left_alone(folder: Path) -> None:
    (folder / "台账.xlsx").touch()

    with pytest.raises(WarehouseError, match="已有别的内容"):
        start_embedded(folder)
    assert folder.stat().st_mode & 0o777 == 0o711


def test_a_file_in_the_way_is_named(folder: Path) -> None:
    (folder / "w").touch()

    with pytest.raises(WarehouseError, match=f"{folder / 'w'}.*HUIZONG_HOME"):
        start_embedded(folder / "w")


@as_root
def test_for_root_a_closed_parent_stays_closed(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)

    place = find_place(closed / "w")

    assert closed.stat().st_mode & 0o777 == 0o700
    assert str(place.home) in caplog.text
    assert not place.home.is_relative_to(folder)
    place.home.rmdir()


@as_root
def test_another_user_is_told_whose_data_it_is(folder: Path) -> None:
    finish(begin(folder / "w"))

    process = begin(folder / "w", user="nobody")
    _, errors = process.communicate(timeout=60)

    assert process.returncode == 1
    assert "请用建库时的用户运行" in errors


@as_root
def test_an_ordinary_user_needs_no_root_and_root_keeps_the_owner(folder: Path) -> None:
    home = folder / "home"
    home.mkdir(mode=0o755)
    shutil.chown(home, "nobody")
    finish(begin(home / "w", "CREATE TABLE kept AS SELECT 42 AS n", user="nobody"))

    finish(begin(home / "w", "INSERT INTO kept VALUES (43)"))
    finish(begin(home / "w", "INSERT INTO kept VALUES (44)", user="nobody"))

    assert (home / "w" / "data").owner() == pwd.getpwnam("nobody").pw_name
