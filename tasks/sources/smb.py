"""A folder on a Windows or Samba share.

On smbclient itself: fsspec's file system asks for the size and time of every file one by one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import smbclient
from smbprotocol.exceptions import SharingViolation, SMBOSError
from smbprotocol.header import NtStatus

from tasks.sources.address import Address
from tasks.sources.source import Found, NotNow, Piece, Source

_SECONDS = 30
_BUSY = {NtStatus.STATUS_SHARING_VIOLATION: "有人正在写", NtStatus.STATUS_ACCESS_DENIED: "没有读取权限"}


class Smb(Source):
    """Files below a folder of a share; links are not followed."""

    def __init__(self, root: str, **connection: Any) -> None:  # noqa: ANN401 -- what smbclient takes
        """The folder as a UNC path, and the connection."""
        self._root, self._connection = root, connection

    def found(self) -> Iterator[Found]:
        """What is below the folder: one listing a folder."""
        folders = [""]
        while folders:
            folder = folders.pop()
            for entry in smbclient.scandir(self._place(folder), **self._connection):
                path = f"{folder}{entry.name}"
                if entry.is_symlink():
                    continue
                if entry.is_dir():
                    folders.append(f"{path}/")
                else:
                    about = entry.smb_info
                    yield Found(
                        path, f"{about.end_of_file} {about.last_write_time}", about.end_of_file, about.last_write_time
                    )

    def fetch(self, found: Found) -> Iterator[Piece]:
        """The bytes of a file that nobody writes."""
        try:
            with smbclient.open_file(self._place(found.path), "rb", share_access="r", **self._connection) as file:
                content = file.read(found.size + 1)
        except SharingViolation:
            raise NotNow(_BUSY[NtStatus.STATUS_SHARING_VIOLATION]) from None
        except SMBOSError as error:
            if error.ntstatus not in _BUSY:
                raise
            raise NotNow(_BUSY[error.ntstatus]) from None
        yield Piece(found.path, content)

    def _place(self, path: str) -> str:
        return f"{self._root}\\{path}".replace("/", "\\").rstrip("\\")


@contextmanager
def open_smb(address: Address) -> Iterator[Smb]:
    """A session of its own; without a user name, that of the machine's Kerberos ticket."""
    cache: dict[str, Any] = {}
    connection = {"port": address.port, "connection_cache": cache}
    user = address.user.replace(";", "\\") if address.user else None
    try:
        smbclient.register_session(
            address.host, username=user, password=address.password, connection_timeout=_SECONDS, **connection
        )
        yield Smb(f"\\\\{address.host}{address.path}", **connection)
    except ValueError as error:
        # So it says that nobody answers.
        raise ConnectionError(str(error)) from error
    finally:
        smbclient.reset_connection_cache(fail_on_error=False, connection_cache=cache)
