"""The installed command, run as a stranger runs it."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HUIZONG = Path(sys.executable).with_name("huizong")


@contextmanager
def new_home() -> Iterator[Path]:
    """A home that is removed afterwards.

    Root's embedded server runs as another user, who must be able to pass the folder: pytest's own are closed.
    """
    with tempfile.TemporaryDirectory(prefix="huizong-test-") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder) / "home"


def huizong(home: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """The command on a home of its own, with nothing else in its environment but these settings."""
    environment = {"HUIZONG_HOME": str(home), "PATH": "/usr/bin:/bin", "HOME": str(home.parent), "LANG": "C.UTF-8"}
    return subprocess.run(
        [str(HUIZONG), *arguments],
        capture_output=True,
        text=True,
        env={**environment, **settings},
        cwd=home.parent,
        check=False,
    )


def answer(home: Path, *arguments: str) -> Any:  # noqa: ANN401 -- JSON
    """What a command that should succeed prints as JSON."""
    done = huizong(home, *arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
