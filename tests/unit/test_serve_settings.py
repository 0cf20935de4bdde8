"""What ``huizong serve`` runs with, and how its processes live and die together."""

import os
import signal
import socket
import sys
import time
from pathlib import Path

import psutil
import pytest
from pydantic import SecretStr

from flows.children import Children, Stopped, stopping_on_signals
from flows.prefect_api import find_server
from flows.serve_settings import Address, auth_file, auth_string, lock_file
from flows.settings import Settings, SettingsError, load_settings, prefect_home

SLEEP = "import time; time.sleep(60)"


def children(folder: Path, **modules: str) -> Children:
    """Processes that run these texts as modules."""
    made = Children({**os.environ, "PYTHONPATH": str(folder)}, folder)
    for name, text in modules.items():
        (folder / f"child_{name}.py").write_text(text)
        made.start(name, f"child_{name}")
    return made


def test_a_password_is_made_up_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    made = auth_string(settings)

    assert auth_string(settings) == made
    assert made.startswith("huizong:")
    assert len(made) > 30
    assert auth_file(settings).stat().st_mode & 0o777 == 0o600
    assert prefect_home(settings).stat().st_mode & 0o777 == 0o700


def test_the_password_of_the_settings_stands_and_nothing_is_kept(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, serve_auth=SecretStr("chief:geheim"))

    assert auth_string(settings) == "chief:geheim"
    assert not auth_file(settings).exists()
    assert "geheim" not in repr(settings)


def test_a_password_without_a_user_is_refused_and_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIZONG_SERVE_AUTH", "geheim")
    with pytest.raises(SettingsError, match="HUIZONG_SERVE_AUTH：须写成 用户:密码") as refused:
        load_settings()
    assert "geheim" not in str(refused.value)


def test_a_taken_port_is_refused_with_the_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match="--port"):
            Address("127.0.0.1", port).refuse_taken()


def test_processes_of_the_machine_reach_a_server_that_listens_everywhere() -> None:
    assert Address("0.0.0.0", 4200).api == "http://127.0.0.1:4200/api"


def test_other_commands_find_the_server_that_serves_their_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    settings = Settings(home=tmp_path, serve_auth=SecretStr("chief:geheim"))
    assert find_server(settings) is None

    prefect_home(settings)
    lock_file(settings).write_text("http://127.0.0.1:4201/api")
    found = find_server(settings)
    assert found is not None
    assert (found.url, found.auth) == ("http://127.0.0.1:4201/api", "chief:geheim")
    assert "geheim" not in repr(found)


def test_the_one_that_died_is_named_and_the_others_are_ended(tmp_path: Path) -> None:
    both = children(tmp_path, lives=SLEEP, dies="raise SystemExit(3)")

    assert both.wait() == "dies"
    both.end()
    assert not psutil.pid_exists(both.started["lives"].pid)


def test_what_does_not_obey_is_killed_with_what_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.children.END_SECONDS", 1)
    pid_file = tmp_path / "pid"
    text = f"""
import pathlib, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "{SLEEP}"])
pathlib.Path({str(pid_file)!r}).write_text(str(child.pid))
time.sleep(60)
"""
    one = children(tmp_path, stubborn=text)
    while not (pid_file.exists() and pid_file.read_text()):
        assert one.dead() is None
        time.sleep(0.02)
    one.end()

    assert one.started["stubborn"].returncode == -signal.SIGKILL
    assert not psutil.pid_exists(int(pid_file.read_text())) or _is_dead(int(pid_file.read_text()))


def _is_dead(pid: int) -> bool:
    """Whether it is over, and only waits for whoever inherited it."""
    return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_what_waits_and_the_handler_before_comes_back(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    with pytest.raises(Stopped), stopping_on_signals():
        signal.raise_signal(number)
    assert signal.getsignal(number) is before


def test_a_child_runs_with_the_python_of_its_parent(tmp_path: Path) -> None:
    told = tmp_path / "told"
    one = children(tmp_path, asks=f"import sys; open({str(told)!r}, 'w').write(sys.executable)")
    one.wait()
    one.end()
    assert told.read_text() == sys.executable
