"""The archive: the bytes of every file, named by their sha256, written once and never again."""

import errno
import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path, PurePath, PurePosixPath

# Copies that one source writes at the same time: a disk brings many onto itself as fast as one.
WRITERS = 8
# How the name of a copy ends that is not complete.
PART = ".part"
_SUFFIX = re.compile(r"\.\w{1,10}")


class ArchiveError(Exception):
    """The archive cannot be written; the message says where and why."""


def place_of(content: bytes, name: str, archive: Path) -> tuple[str, Path]:
    """The sha256 of a content and where its copy lies in the archive, or will lie."""
    sha256 = hashlib.sha256(content).hexdigest()
    suffix = PurePosixPath(name).suffix.lower()
    return sha256, copy_in(archive, f"{sha256}{suffix if _SUFFIX.fullmatch(suffix) else ''}")


def copy_in(archive: Path, recorded: str) -> Path:
    """Where a copy lies in this archive, by where the warehouse says that it lay: an archive moves with its home."""
    name = PurePath(recorded).name
    return archive / name[:2] / name


def store(content: bytes, copy: Path) -> None:
    """Write a copy at its place in the archive.

    It gets its name only when it is complete and on the disk, so that neither a run cut short nor a power failure
    leaves something half-written under it. The name itself is there to stay after ``keep_names``.

    Raises:
        ArchiveError: the disk is full, or may not be written.
    """
    with _said_of(copy.parent.parent):
        # It holds names and telephone numbers: nobody else on the machine reads it.
        copy.parent.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        copy.parent.mkdir(exist_ok=True)
        _write(content, copy)


def keep_names(copies: Iterable[Path], archive: Path) -> None:
    """The names of copies onto the disk, each folder once: to be done before anything speaks of the copies.

    Also of those that were there already: the run that wrote them may have been cut short before this.

    Raises:
        ArchiveError: the disk is full, or may not be written.
    """
    folders = {copy.parent for copy in copies}
    with _said_of(archive), ThreadPoolExecutor(WRITERS) as pool:
        for _ in pool.map(_sync, [*folders, *({archive} if folders else ())]):
            pass


@contextmanager
def _said_of(archive: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = "磁盘已满，请清理后重新运行" if error.errno in (errno.ENOSPC, errno.EDQUOT) else str(error.strerror)
        raise ArchiveError(f"文件存不进档案 {archive}：{why}。本夜没有入库，已存档的不受影响") from error


def _write(content: bytes, kept: Path) -> None:
    with tempfile.NamedTemporaryFile(dir=kept.parent, prefix=".", suffix=PART, delete=False) as copy:
        part = Path(copy.name)
        try:
            copy.write(content)
            copy.flush()
            os.fsync(copy.fileno())
            part.chmod(0o444)
            part.replace(kept)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


def _sync(folder: Path) -> None:
    """The names in a folder onto the disk; where a system cannot, it does so by itself."""
    if os.name == "posix":
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
