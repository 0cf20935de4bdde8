"""What every source can do, whatever is behind it: say what it holds, and give the bytes of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from tasks.limits import USUAL

_NO_FILES = ("~$", ".")
_UNFINISHED = (".tmp", ".part", ".crdownload", ".swp", ".lock")


@dataclass(frozen=True)
class Means:
    """What collecting needs: where to keep files, whom to trust, and for how long a file must have rested.

    What is larger than ``file_bytes`` is not fetched.
    """

    archive: Path
    known_hosts: Path
    settle_seconds: float = 0
    file_bytes: int = USUAL.file_bytes


class SourceDown(Exception):  # noqa: N818 -- what it says
    """A source cannot be read; ``may_pass`` says whether another try can help. The reason is for people."""

    def __init__(self, reason: str, *, may_pass: bool = False) -> None:
        """The reason, in Chinese and without a password."""
        super().__init__(reason)
        self.reason = reason
        self.may_pass = may_pass


class NotNow(Exception):  # noqa: N818 -- what it says
    """One file cannot be read tonight while its source can; the message says why."""


@dataclass(frozen=True)
class Found:
    """What a source lists: a file by its path below the source, or a mail.

    ``mark`` changes whenever the content does. ``size`` is in bytes; of a mail, what its attachments have at most.
    ``may_grow`` says that somebody may still be writing it; mails and objects of S3 appear whole.
    """

    path: str
    mark: str
    size: int
    arrived_at: datetime
    may_grow: bool = True


@dataclass(frozen=True)
class Piece:
    """A file as it came; of a mail, one attachment and who sent it.

    Of a file that was not fetched ``content`` is a note in its place, and ``left_bytes`` how large it is.
    """

    name: str
    content: bytes
    sender: str | None = None
    left_bytes: int | None = None


class Source(Protocol):
    """An open source. Each may raise what its library raises, see ``opening.open_source``."""

    def found(self) -> Iterable[Found]:
        """Everything that is there, in one listing."""
        ...

    def fetch(self, found: Found) -> Iterator[Piece]:
        """The bytes. Where more come than were listed, it stops there, and gives more than that or refuses.

        Raises:
            NotNow: this one cannot be read at present.
        """
        ...

    def name_of(self, found: Found) -> tuple[str, str | None]:
        """What a file that is not fetched is called, and who sent it.

        Raises:
            NotNow: it is gone.
        """
        return found.path, None


def is_file_of_people(path: str) -> bool:
    """Whether a path is more than the lock of a program or something hidden."""
    return not any(part.startswith(_NO_FILES) for part in path.split("/") if part not in ("", "."))


def is_unfinished(path: str) -> bool:
    """Whether its name says that a program is still writing it."""
    return path.lower().endswith(_UNFINISHED)
