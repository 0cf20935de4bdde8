"""Prefect's server as the command line asks it: over HTTP, since importing Prefect takes longer than the questions."""

import base64
import http.client
import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from flows.serve_settings import auth_file, lock_file
from flows.settings import Settings

_ANSWER_SECONDS = 10
# SQLite behind it is locked for a moment: the server says so, and asks to be asked again.
_BUSY = frozenset({429, 502, 503})
_PAUSES = (0.2, 0.5, 1.0, 2.0, None)


class ServerError(Exception):
    """Prefect's server does not answer, or not to us; the message says what to do and holds no password."""


@dataclass(frozen=True)
class PrefectApi:
    """The API of a server, and the ``user:password`` that it asks for."""

    url: str
    auth: str | None = field(repr=False)

    def post(self, path: str, body: Mapping[str, object]) -> Any:  # noqa: ANN401 -- JSON
        """What the server answers.

        Raises:
            ServerError: it does not answer, does not know us, or refuses the question.
        """
        return self._ask("POST", path, body)

    def delete(self, path: str) -> None:
        """Delete a thing.

        Raises:
            ServerError: as ``post``.
        """
        self._ask("DELETE", path, {})

    def _ask(self, method: Literal["POST", "DELETE"], path: str, body: Mapping[str, object]) -> Any:  # noqa: ANN401
        request = urllib.request.Request(  # noqa: S310 -- the administrator's own address
            f"{self.url}{path}",
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json", **self._authorization()},
            method=method,
        )
        try:
            return _answer(request)
        except urllib.error.HTTPError as error:
            raise ServerError(_refused(error.code)) from None
        except (OSError, http.client.HTTPException, ValueError) as error:
            reason = getattr(error, "reason", type(error).__name__)
            raise ServerError(f"Prefect 服务没有应答（{reason}）：请启动 huizong serve") from None

    def _authorization(self) -> dict[str, str]:
        if not self.auth:
            return {}
        return {"Authorization": f"Basic {base64.b64encode(self.auth.encode()).decode()}"}


def _answer(request: urllib.request.Request) -> Any:  # noqa: ANN401 -- JSON
    """What the server answers; a busy one is asked again, as Prefect's own client does."""
    for pause in _PAUSES:
        try:
            with urllib.request.urlopen(request, timeout=_ANSWER_SECONDS) as answer:  # noqa: S310 -- the administrator's
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            error.close()
            if error.code not in _BUSY or pause is None:
                raise
            time.sleep(pause)
    raise AssertionError


def find_server(settings: Settings) -> PrefectApi | None:
    """The server that the environment names, else the one that ``huizong serve`` last started for this home.

    None where there never was one; whether it runs shows when it is asked.
    """
    if url := os.environ.get("PREFECT_API_URL"):
        return PrefectApi(url.rstrip("/"), os.environ.get("PREFECT_API_AUTH_STRING"))
    try:
        url = lock_file(settings).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    return PrefectApi(url, _auth(settings)) if url else None


def _auth(settings: Settings) -> str | None:
    if settings.serve_auth:
        return settings.serve_auth.get_secret_value()
    kept = auth_file(settings)
    return kept.read_text(encoding="utf-8").strip() if kept.exists() else None


def _refused(code: int) -> str:
    if code in (http.client.UNAUTHORIZED, http.client.FORBIDDEN):
        return "Prefect 服务不认这个用户和密码：请核对 HUIZONG_SERVE_AUTH，改过以后须重新启动 huizong serve"
    return f"Prefect 服务拒绝了请求（HTTP {code}）：请查看 huizong serve 的日志"
