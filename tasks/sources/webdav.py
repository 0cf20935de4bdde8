"""A folder on a WebDAV server, such as Nextcloud."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import quote

from webdav4.client import Client

from tasks.sources.address import Address
from tasks.sources.source import Found, NotNow, Piece, Source

_SECONDS = 60


class Webdav(Source):
    """Files below a folder. Paths go out quoted: the client would take the # of a name for the end of the path."""

    def __init__(self, client: Client) -> None:
        """A client of the folder."""
        self._client = client

    def found(self) -> Iterator[Found]:
        """What is below the folder: one request a folder."""
        folders = [""]
        while folders:
            for about in self._client.ls(quote(folders.pop()), detail=True, allow_listing_resource=False):
                if about["type"] == "directory":
                    folders.append(about["name"])
                else:
                    size, modified = about["content_length"] or 0, about["modified"] or datetime.fromtimestamp(0, UTC)
                    mark = f"{size} {modified.isoformat()} {about['etag'] or ''}"
                    yield Found(about["name"], mark, size, modified)

    def fetch(self, found: Found) -> Iterator[Piece]:
        """The bytes of a file."""
        # Not by the client's own download, which asks first whether this is a folder, and stumbles over the quotes.
        with self._client.http.stream("GET", self._client.join_url(quote(found.path))) as answer:
            if answer.status_code == HTTPStatus.NOT_FOUND:
                raise NotNow("刚被移走或改名")
            answer.raise_for_status()
            content = _begun(answer.iter_bytes(), found.size)
        yield Piece(found.path, content)


def _begun(blocks: Iterable[bytes], size: int) -> bytes:
    """All of them, or enough to see that there are more than that many bytes."""
    taken = bytearray()
    for block in blocks:
        taken += block
        if len(taken) > size:
            break
    return bytes(taken)


@contextmanager
def open_webdav(address: Address) -> Iterator[Webdav]:
    """The folder; ``webdavs`` is HTTPS."""
    scheme = {"webdav": "http", "webdavs": "https"}[address.scheme]
    auth = (address.user, address.password or "") if address.user else None
    host = f"[{address.host}]" if ":" in address.host else address.host
    # Our own tries are enough.
    client = Client(f"{scheme}://{host}:{address.port}{quote(address.path)}", auth=auth, timeout=_SECONDS, retry=False)
    try:
        yield Webdav(client)
    finally:
        client.http.close()
