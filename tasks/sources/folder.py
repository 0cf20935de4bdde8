"""A folder of this machine, or one that is mounted on it."""

import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from tasks.sources.address import Address
from tasks.sources.source import Found, NotNow, Piece, Source


class Folder(Source):
    """Files below a folder. Links to folders, and links to files elsewhere, are not followed."""

    def __init__(self, address: Address) -> None:
        """The folder, which need not be there yet."""
        self._root = Path(address.path).expanduser()

    def found(self) -> Iterator[Found]:
        """What is below it.

        Raises:
            OSError: the folder, or one below, is not there or may not be read.
        """
        home = self._root.resolve(strict=True)
        for folder, _, names in os.walk(self._root, onerror=_raise):
            below = Path(folder).relative_to(self._root).as_posix()
            for name in names:
                path = os.path.join(folder, name)  # noqa: PTH118 -- ten times as fast, and there may be very many
                if (about := _regular(path)) and not _leads_out(path, home):
                    yield Found(
                        path=name if below == "." else f"{below}/{name}",
                        mark=f"{about.st_size} {about.st_mtime_ns}",
                        size=about.st_size,
                        arrived_at=datetime.fromtimestamp(about.st_mtime, UTC),
                    )

    def fetch(self, found: Found) -> Iterator[Piece]:
        """The bytes of a file."""
        try:
            with (self._root / found.path).open("rb") as file:
                content = file.read(found.size + 1)
        except PermissionError:
            raise NotNow("没有读取权限") from None
        except FileNotFoundError:
            raise NotNow("刚被移走或改名") from None
        yield Piece(found.path, content)


def _raise(error: OSError) -> None:
    raise error


def _regular(path: str) -> os.stat_result | None:
    """What the system knows of a file; nothing of pipes, which would never end, and of what is gone."""
    try:
        about = os.stat(path)  # noqa: PTH116 -- as above
    except OSError:
        return None
    return about if stat.S_ISREG(about.st_mode) else None


def _leads_out(path: str, home: Path) -> bool:
    return os.path.islink(path) and not Path(path).resolve().is_relative_to(home)  # noqa: PTH114 -- as above
