"""Servers as tests use them: files are put there, and collected through a relay."""
# mypy: disable-error-code="import-untyped"

import contextlib
import imaplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import boto3
from botocore.config import Config

from tests.integration.network.relay import Relay
from tests.integration.network.serve import PASSWORD, USER

KINDS = ("sftp", "smb", "webdav", "s3", "imap")
REPOSITORY = Path(__file__).parents[3]
_BELOW = {"sftp": "", "smb": "/share", "webdav": "/dav", "imap": "/INBOX"}


@dataclass(frozen=True)
class Site:
    """A server with a folder of its own for each test, ``below`` that of the server."""

    kind: str
    server_port: int
    root: Path
    relay: Relay

    def url(self, below: str = "", user: str = USER, password: str = PASSWORD) -> str:
        """An entry of the inbox: the way there through the relay."""
        login = f"{quote(user)}:{quote(password, safe='')}@"
        if self.kind == "s3":
            return f"s3://{login}{below or 'inbox'}?endpoint=http://127.0.0.1:{self.relay.port}"
        below = f"/{quote(below)}" if below else ""
        return f"{self.kind}://{login}127.0.0.1:{self.relay.port}{_BELOW[self.kind]}{below}"

    def put(self, below: str, files: Mapping[str, bytes]) -> None:
        """Write files, past the relay."""
        for name, content in files.items():
            if self.kind == "s3":
                with self._bucket(below) as client:
                    client.put_object(Bucket=below, Key=name, Body=content)
            else:
                path = self.root / below / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)

    def mail(self, content: bytes, arrived_at: datetime) -> None:
        """Deliver a mail."""
        with self.mailbox() as client:
            client.append("INBOX", "", imaplib.Time2Internaldate(arrived_at), content)

    @contextmanager
    def mailbox(self) -> Iterator[imaplib.IMAP4]:
        """The mailbox as its owner sees it, past the relay."""
        with imaplib.IMAP4("127.0.0.1", self.server_port) as client:
            client.authenticate("PLAIN", lambda _: f"\0{USER}\0{PASSWORD}".encode())
            client.select("INBOX")
            yield client

    @contextmanager
    def _bucket(self, name: str) -> Iterator[Any]:
        client = boto3.client(
            "s3",
            endpoint_url=f"http://127.0.0.1:{self.server_port}",
            aws_access_key_id="key",
            aws_secret_access_key="secret",
            region_name="us-east-1",
            config=Config(retries={"max_attempts": 0}),
        )
        with contextlib.closing(client):
            client.create_bucket(Bucket=name)
            yield client


@contextmanager
def sites(folder: Path, kinds: Sequence[str] = KINDS) -> Iterator[dict[str, Site]]:
    """The servers, which start side by side; ``known_hosts`` of the folder vouches for them."""
    with ExitStack() as stack:
        ports = {kind: _free_port() for kind in kinds}
        for kind, port in ports.items():
            (folder / kind).mkdir()
            stack.enter_context(_server(kind, port, folder))
        for port in ports.values():
            _wait_for(port)
        relays = {kind: Relay(port) for kind, port in ports.items()}
        for relay in relays.values():
            stack.callback(relay.close)
        if "sftp" in kinds:
            key = (folder / "sftp.pub").read_text()
            (folder / "known_hosts").write_text(f"[127.0.0.1]:{relays['sftp'].port} {key}")
        yield {kind: Site(kind, port, folder / kind, relays[kind]) for kind, port in ports.items()}


@contextmanager
def _server(kind: str, port: int, folder: Path) -> Iterator[None]:
    command = [sys.executable, "-m", "tests.integration.network.serve", kind, str(port), str(folder / kind)]
    with (folder / f"{kind}.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=REPOSITORY, stdout=log, stderr=log)
        try:
            yield
        finally:
            server.kill()
            server.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def _wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return
