"""What ``huizong serve`` runs with: where the server listens, its password, and the environment of its processes."""

import os
import secrets
import socket
from dataclasses import dataclass
from pathlib import Path

from flows.house import address_of
from flows.settings import PREFIX, Settings, SettingsError, prefect_home
from warehouse.beside import database_beside

# What the name of Prefect's database has more than the warehouse's.
_SUFFIX = "_prefect"
POOL = "huizong"
_USER = "huizong"
_EVERY_NETWORK = ("0.0.0.0", "::")  # noqa: S104 -- compared with, never listened on unasked


@dataclass(frozen=True)
class Address:
    """Where the server listens; ``0.0.0.0`` is every network of the machine."""

    host: str
    port: int

    @property
    def api(self) -> str:
        """The address of the API for processes of this machine."""
        host = "127.0.0.1" if self.host in _EVERY_NETWORK else self.host
        return f"http://{host}:{self.port}/api"

    def refuse_taken(self) -> None:
        """Ask whether the port is free.

        Raises:
            SettingsError: another program listens on it, or the host is none of this machine.
        """
        try:
            with socket.create_server((self.host, self.port)):
                pass
        except OSError as error:
            raise SettingsError(
                f"不能在 {self.host}:{self.port} 监听（{error.strerror}）：换一个端口，如 huizong serve --port 4201，"
                "或先停掉占用它的程序"
            ) from error


def environment(settings: Settings, address: Address) -> dict[str, str]:
    """The environment of every process of ``huizong serve``.

    Passwords go this way, never on a command line, which every user of the machine can read. What the administrator
    sets himself stands.
    """
    password = auth_string(settings)
    kept = database_beside(address_of(settings), _SUFFIX)
    ours = {
        f"{PREFIX}HOME": str(settings.root),
        "PREFECT_HOME": str(prefect_home(settings)),
        "PREFECT_API_URL": address.api,
        "PREFECT_API_AUTH_STRING": password,
        "PREFECT_SERVER_API_AUTH_STRING": password,
        "PREFECT_SERVER_API_HOST": address.host,
        "PREFECT_SERVER_API_PORT": str(address.port),
    }
    preferred = {
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        # Kept in memory, the one place of a night that was cut short would stay taken when the server starts again.
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
        "PREFECT_LOGGING_EXTRA_LOGGERS": "flows,tasks,warehouse",
        **({"PREFECT_SERVER_DATABASE_CONNECTION_URL": kept} if kept else {}),
    }
    return {**preferred, **os.environ, **ours}


def auth_file(settings: Settings) -> Path:
    """Where the user and password of Prefect's page are, unless ``HUIZONG_SERVE_AUTH`` gives them."""
    return settings.root / "prefect" / "auth"


def lock_file(settings: Settings) -> Path:
    """What one ``huizong serve`` holds; it contains the address of its API, for other commands of this home."""
    return settings.root / "prefect" / "serve.lock"


def auth_string(settings: Settings) -> str:
    """The user and password of Prefect's page and API; made up once, and kept in a file that only its owner reads."""
    if settings.serve_auth:
        return settings.serve_auth.get_secret_value()
    prefect_home(settings)
    kept = auth_file(settings)
    if not kept.exists():
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(f"{_USER}:{secrets.token_urlsafe(24)}")
    return kept.read_text(encoding="utf-8").strip()
