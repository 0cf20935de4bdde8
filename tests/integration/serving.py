"""``huizong serve`` as a real process: started, asked through its API, killed and started again."""

import base64
import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.integration.huizong import HUIZONG

PASSWORD = "tester:correct horse"
_SECONDS = 120


@dataclass
class Serving:
    """One home with its server; ``settings`` are further ones of its environment."""

    home: Path
    settings: dict[str, str] = field(default_factory=dict)
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        return self.home / "serve.log"

    def start(self) -> None:
        """Start it and wait until it is ready."""
        self.home.mkdir(exist_ok=True)
        self.port = self.port or free_port()
        inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        # Asks for work every second, where a server of an office can wait ten.
        inherited["PREFECT_WORKER_QUERY_SECONDS"] = "1"
        environment = {**inherited, "HUIZONG_HOME": str(self.home), "HUIZONG_SERVE_AUTH": PASSWORD, **self.settings}
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [str(HUIZONG), "serve", "--port", str(self.port)],
                env=environment,
                cwd=self.home,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        wait_until(lambda: "已就绪" in self.said() or self.process is None or self.process.poll() is not None)
        assert "已就绪" in self.said(), self.said()

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8") if self.log.exists() else ""

    def family(self) -> list[psutil.Process]:
        """The process with everything that it started."""
        assert self.process
        return [psutil.Process(self.process.pid), *psutil.Process(self.process.pid).children(recursive=True)]

    def kill(self) -> None:
        """As a power cut does: everything at once, without a word."""
        for each in self.family():
            each.send_signal(signal.SIGKILL)
        assert self.process
        self.process.wait()

    def stop(self) -> int:
        """By SIGTERM; the exit code."""
        assert self.process
        self.process.terminate()
        return self.process.wait(_SECONDS)

    def api(self, path: str, body: object = None) -> Any:  # noqa: ANN401 -- JSON
        """What the API answers; a body is posted."""
        secret = base64.b64encode(PASSWORD.encode()).decode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"content-type": "application/json", "authorization": f"Basic {secret}"},
        )
        for pause in (0.5, 1, 2, 4, None):
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:
                    return json.load(answer)
            except urllib.error.HTTPError as error:
                error.close()
                # SQLite behind the server is locked for a moment.
                if error.code != 503 or pause is None:
                    raise
                time.sleep(pause)
        raise AssertionError

    def trigger(self, deployment: str, parameters: object = None) -> str:
        """Start a run of a deployment now; its id."""
        found = self.api(f"/deployments/name/{deployment}/{deployment}")["id"]
        body = {"state": {"type": "SCHEDULED"}, "parameters": parameters or {}}
        return str(self.api(f"/deployments/{found}/create_flow_run", body)["id"])

    def ended(self, run: str) -> dict[str, Any]:
        """The run when it has come to its end."""
        final = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")
        wait_until(lambda: self.api(f"/flow_runs/{run}")["state_type"] in final, self.said)
        return dict(self.api(f"/flow_runs/{run}"))


@contextmanager
def serving(home: Path, **settings: str) -> Iterator[Serving]:
    """A server that is ready; whatever of it is left is killed afterwards."""
    served = Serving(home, settings)
    served.start()
    try:
        yield served
    finally:
        if served.process and served.process.poll() is None:
            served.kill()


def wait_until(holds: Callable[[], bool], said: Callable[[], str] = str) -> None:
    deadline = time.monotonic() + _SECONDS
    while not holds():
        if time.monotonic() > deadline:
            pytest.fail(f"waited {_SECONDS} s in vain\n{said()[-3000:]}")
        time.sleep(0.2)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
