"""A bucket of S3, MinIO, OSS or another service that speaks S3."""

from collections.abc import Iterator
from contextlib import contextmanager

import s3fs

from tasks.sources.address import Address
from tasks.sources.source import Found, NotNow, Piece, Source

_CONNECT_SECONDS, _READ_SECONDS = 10, 60


class S3(Source):
    """Objects below a prefix."""

    def __init__(self, files: s3fs.S3FileSystem, root: str) -> None:
        """The service, and ``bucket/prefix``."""
        self._files, self._root = files, root

    def found(self) -> Iterator[Found]:
        """What is below the prefix: one request for a thousand objects.

        Raises:
            FileNotFoundError: there is no such bucket.
        """
        self._files.invalidate_cache()
        bucket = self._root.partition("/")[0]
        found = self._files.find(self._root, detail=True)
        if not found and not self._files.exists(bucket):
            raise FileNotFoundError(bucket)
        for key, about in found.items():
            if about["type"] == "file" and not key.endswith("/"):
                path = key.removeprefix(f"{self._root}/")
                yield Found(path, about["ETag"], about["size"], about["LastModified"], may_grow=False)

    def fetch(self, found: Found) -> Iterator[Piece]:
        """The bytes of an object."""
        try:
            # Nothing of an empty object: no part of it could be asked for.
            content = self._files.cat_file(f"{self._root}/{found.path}", end=found.size + 1) if found.size else b""
        except FileNotFoundError:
            raise NotNow("刚被移走或改名") from None
        if len(content) > found.size:
            raise NotNow("刚被换过")
        yield Piece(found.path, content)


@contextmanager
def open_s3(address: Address) -> Iterator[S3]:
    """The bucket with the key of the address; without one, as AWS_* and ~/.aws say."""
    region = {"region_name": address.options["region"]} if "region" in address.options else {}
    files = s3fs.S3FileSystem(
        key=address.user,
        secret=address.password,
        endpoint_url=address.options.get("endpoint"),
        client_kwargs=region,
        config_kwargs={
            "connect_timeout": _CONNECT_SECONDS,
            "read_timeout": _READ_SECONDS,
            "retries": {"max_attempts": 0},
        },
        skip_instance_cache=True,
        use_listings_cache=False,
    )
    # Our own tries are enough.
    files.retries = 1
    yield S3(files, f"{address.host}{address.path}")
