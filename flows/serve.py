"""``huizong serve``: Prefect's server, the deployments and a worker on one machine, as one process group."""

import fcntl
import json
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from rich.console import Console

from flows.children import Children, Stopped, python, stopping_on_signals
from flows.serve_settings import POOL, Address, auth_file, environment, lock_file
from flows.settings import Settings, SettingsError, prefect_home

_START_SECONDS = 120
_ASK_SECONDS = 0.3


class ServeError(Exception):
    """A process of ours did not start or has ended; the message says which."""


def serve(settings: Settings, address: Address, out: Console) -> int:
    """Runs until it is told to stop, which is exit code 0; 1 when one of its processes has ended by itself.

    Raises:
        SettingsError: the port is taken, or another one serves this home.
        ServeError: the server did not start or the deployments could not be registered.
        WarehouseError: the warehouse does not answer.
    """
    with _only_one(settings, address):
        address.refuse_taken()
        children = Children(environment(settings, address), settings.root)
        with suppress(Stopped), stopping_on_signals():
            try:
                _start(children, address, out)
                _tell(settings, address, out)
                ended = children.wait()
                out.print(f"{ended} 已意外停止，huizong serve 随之退出；原因见上面的日志。", style="red")
                return 1
            finally:
                children.end()
    out.print("已停止。")
    return 0


def _start(children: Children, address: Address, out: Console) -> None:
    out.print("正在启动 Prefect 服务……")
    children.start("Prefect 服务", "flows.prefect_server")
    _wait_for(children, address)
    out.print("正在登记部署……")
    _run(children, "flows.register_deployments")
    children.start("执行进程", "prefect", "worker", "start", "--pool", POOL, "--type", "process")


def _wait_for(children: Children, address: Address) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if name := children.dead():
            raise ServeError(f"{name}没有启动，原因见上面的日志")
        if answers(address.api):
            return
        time.sleep(_ASK_SECONDS)
    raise ServeError(f"Prefect 服务 {_START_SECONDS} 秒内没有应答，请查看上面的日志")


def answers(api: str) -> bool:
    """Whether a server of Prefect answers there."""
    try:
        with urllib.request.urlopen(f"{api}/health", timeout=5) as answer:  # noqa: S310 -- our own address
            return bool(json.load(answer))
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def _run(children: Children, module: str) -> None:
    """Run a module to its end.

    Raises:
        ServeError: it failed; it has said why.
    """
    if subprocess.run(python(module), env=children.environment, cwd=children.folder, check=False).returncode:
        raise ServeError("登记部署失败，原因见上面的日志")


def _tell(settings: Settings, address: Address, out: Console) -> None:
    page = address.api.removesuffix("/api")
    where = "HUIZONG_SERVE_AUTH" if settings.serve_auth else auth_file(settings)
    out.print(f"已就绪：{page}（用户和密码见 {where}）。每天 02:00 自动汇总；按 Ctrl-C 停止。")


@contextmanager
def _only_one(settings: Settings, address: Address) -> Iterator[None]:
    """Holds the home for one ``huizong serve``; the lock goes with the process, however it ends.

    Raises:
        SettingsError: another one holds it.
    """
    prefect_home(settings)
    # Opened without emptying it: what the one that holds it has written must stay.
    with lock_file(settings).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise SettingsError(f"{settings.root} 已有一个 huizong serve 在运行，请先停掉它") from error
        lock.truncate(0)
        lock.write(address.api)
        lock.flush()
        yield
