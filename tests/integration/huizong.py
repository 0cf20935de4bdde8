"""The installed command, run as a stranger runs it."""

import atexit
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

from flows.cli import main

HUIZONG = Path(sys.executable).with_name("huizong")
# Of these commands the start of Python and its imports would take most of the time.
_SHORT = frozenset(
    (
        *("audit", "changes", "doctor", "explain", "export", "housekeeping", "indicators", "month", "remind", "status"),
        *("template", "trace", "units", "warehouse", "withdraw"),
    )
)
_IMPORTED = ("tests.integration.huizong", "flows.house", "flows.month_cli", "warehouse.publish", "warehouse.status")


@contextmanager
def new_home() -> Iterator[Path]:
    """A home that is removed afterwards.

    Root's embedded server runs as another user, who must be able to pass the folder: pytest's own are closed.
    """
    with tempfile.TemporaryDirectory(prefix="huizong-test-") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder) / "home"


def huizong(home: Path, *arguments: str, **settings: str) -> CompletedProcess[str]:
    """The command on a home of its own, with nothing else in its environment but these settings.

    A short command runs in a process of its own too, but one that is forked from one that has imported what it needs.
    """
    run = _forked if arguments[:1] and arguments[0] in _SHORT else _started
    return run(home.parent, arguments, _environment(home, settings))


def _started(folder: Path, arguments: Sequence[str], environment: Mapping[str, str]) -> CompletedProcess[str]:
    command = [str(HUIZONG), *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, cwd=folder, check=False)


def _forked(folder: Path, arguments: Sequence[str], environment: Mapping[str, str]) -> CompletedProcess[str]:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(_IMPORTED))
    with tempfile.TemporaryDirectory() as made:
        told = [Path(made) / name for name in ("out", "err")]
        process = context.Process(target=_command, args=(arguments, environment, folder, told))
        process.start()
        process.join()
        out, err = (path.read_text(encoding="utf-8") for path in told)
    assert process.exitcode is not None
    return CompletedProcess(arguments, process.exitcode, out, err)


def _command(arguments: Sequence[str], environment: Mapping[str, str], folder: Path, told: list[Path]) -> None:
    """What the installed script does."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for place, (stream, path) in enumerate(zip((sys.stdout, sys.stderr), told, strict=True), 1):
        with path.open("wb") as file:
            os.dup2(file.fileno(), place)
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.argv = [str(HUIZONG), *arguments]
    try:
        main()
    finally:
        # Such a process ends without them: the embedded server would stay.
        atexit._run_exitfuncs()


def _environment(home: Path, settings: Mapping[str, str]) -> Mapping[str, str]:
    return {
        "HUIZONG_HOME": str(home),
        "PATH": "/usr/bin:/bin",
        "HOME": str(home.parent),
        "LANG": "C.UTF-8",
        **settings,
    }


@dataclass(frozen=True)
class Installation:
    """The command with a home and a warehouse of its own."""

    home: Path
    url: str

    def run(self, *arguments: str) -> CompletedProcess[str]:
        return huizong(self.home, *arguments, HUIZONG_WAREHOUSE_URL=self.url)


def answer(home: Path, *arguments: str) -> Any:  # noqa: ANN401 -- JSON
    """What a command that should succeed prints as JSON."""
    done = huizong(home, *arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
