"""A folder on a WebDAV server, such as Nextcloud."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from urllib.parse import quote

from webdav4.client import ResourceNotFound
from webdav4.fsspec import WebdavFileSystem

from tasks.sources.address import Address
from tasks.sources.source import Found, NotNow, Piece

_SECONDS = 60


class Webdav:
    """Files below a folder."""

    def __init__(self, files: WebdavFileSystem) -> None:
        """The folder as a file system."""
        self._files = files

    def found(self) -> Iterator[Found]:
        """What is below the folder: one request a folder."""
        folders = [""]
        while folders:
            for about in self._files.ls(folders.pop(), detail=True):
                if about["type"] == "directory":
                    folders.append(about["name"])
                else:
                    size, modified = about["size"] or 0, about["modified"] or datetime.fromtimestamp(0, UTC)
                    mark = f"{size} {modified.isoformat()} {about['etag'] or ''}"
                    yield Found(about["name"], mark, size, modified)

    def fetch(self, found: Found) -> Iterator[Piece]:
        """The bytes of a file."""
        content = BytesIO()
        try:
            self._files.client.download_fileobj(found.path, content)
        except ResourceNotFound:
            raise NotNow("刚被移走或改名") from None
        yield Piece(found.path, content.getvalue())


@contextmanager
def open_webdav(address: Address) -> Iterator[Webdav]:
    """The folder; ``webdavs`` is HTTPS."""
    scheme = {"webdav": "http", "webdavs": "https"}[address.scheme]
    auth = (address.user, address.password or "") if address.user else None
    url = f"{scheme}://{address.host}:{address.port}{quote(address.path)}"
    # Our own tries are enough.
    files = WebdavFileSystem(url, auth=auth, timeout=_SECONDS, retry=False, skip_instance_cache=True)
    try:
        yield Webdav(files)
    finally:
        files.client.http.close()
