"""A folder on an SSH server.

On paramiko itself: fsspec's file system takes any host key, and knows no file of known ones.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import paramiko
from paramiko.sftp import CMD_NAME

from tasks.sources.address import Address
from tasks.sources.source import Found, NotNow, Piece, Source, SourceDown

_SECONDS = 30


class _OnlyKnownHosts:
    """Whoever answers under an address that nobody vouched for gets no password."""

    def __init__(self, address: Address, known_hosts: Path) -> None:
        self._address, self._known_hosts = address, known_hosts

    def missing_host_key(self, _client: paramiko.SSHClient, _hostname: str, key: paramiko.PKey) -> None:
        scan = f"ssh-keyscan -p {self._address.port} {self._address.host} >> {self._known_hosts}"
        raise SourceDown(f"服务器的主机密钥未知（{key.fingerprint}）；请向对方核对后运行：{scan}")


class _Answer(paramiko.Message):  # type: ignore[misc]
    """An answer in which a name may be of any bytes (GBK, from old clients), as Python keeps those of its own files."""

    def get_text(self) -> str:
        return os.fsdecode(self.get_string())


class _Channel(paramiko.SFTPClient):  # type: ignore[misc]
    """A channel on which one name that is no UTF-8 does not hide all the others."""

    def _request(self, kind: int, *arguments: object) -> tuple[int, paramiko.Message]:
        status, answer = super()._request(kind, *arguments)
        return status, _Answer(answer.asbytes()[answer.packet.tell() :]) if status == CMD_NAME else answer


class Sftp(Source):
    """Files below a folder; links are not followed, since where they lead is the server's business."""

    def __init__(self, client: paramiko.SFTPClient, root: str) -> None:
        """An open channel, and the folder."""
        self._client, self._root = client, root

    def found(self) -> Iterator[Found]:
        """What is below the folder: one request a folder."""
        folders = [""]
        while folders:
            folder = folders.pop()
            for about in self._client.listdir_attr(os.fsencode(f"{self._root}/{folder}")):
                path, mode = f"{folder}{about.filename}", about.st_mode or 0
                if stat.S_ISDIR(mode):
                    folders.append(f"{path}/")
                elif stat.S_ISREG(mode):
                    moment = datetime.fromtimestamp(about.st_mtime or 0, UTC)
                    yield Found(path, f"{about.st_size} {about.st_mtime}", about.st_size or 0, moment)

    def fetch(self, found: Found) -> Iterator[Piece]:
        """The bytes of a file, asked for ahead so that distance costs once."""
        try:
            with self._client.open(os.fsencode(f"{self._root}/{found.path}"), "rb") as file:
                file.prefetch(found.size)
                content = file.read(found.size + 1)
        except (FileNotFoundError, PermissionError) as error:
            raise NotNow("没有读取权限" if isinstance(error, PermissionError) else "刚被移走或改名") from None
        yield Piece(found.path, content)


@contextmanager
def open_sftp(address: Address, known_hosts: Path) -> Iterator[Sftp]:
    """A connection to a host that ``known_hosts`` or the user's own file knows; keys of ~/.ssh without a password."""
    with paramiko.SSHClient() as client:
        client.load_system_host_keys()
        if known_hosts.is_file():
            client.load_host_keys(str(known_hosts))
        client.set_missing_host_key_policy(_OnlyKnownHosts(address, known_hosts))
        client.connect(
            address.host,
            address.port or 22,
            username=address.user,
            password=address.password,
            timeout=_SECONDS,
            banner_timeout=_SECONDS,
            auth_timeout=_SECONDS,
            allow_agent=address.password is None,
            look_for_keys=address.password is None,
        )
        with _Channel.from_transport(client.get_transport()) as channel:
            channel.get_channel().settimeout(_SECONDS)
            # As in scp: /~/ is the home of the user.
            root = address.path.removeprefix("/~/") if address.path.startswith("/~") else address.path
            yield Sftp(channel, "." if root == "/~" else root)
