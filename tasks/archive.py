"""The archive: the bytes of every file, named by their sha256, written once and never again."""

import errno
import hashlib
import os
import re
import tempfile
from pathlib import Path, PurePosixPath

_SUFFIX = re.compile(r"\.\w{1,10}")


class ArchiveError(Exception):
    """The archive cannot be written; the message says where and why."""


def store(content: bytes, name: str, archive: Path) -> tuple[str, Path]:
    """The sha256 of the content and where it lies in the archive, written there unless it is.

    The copy gets its name only when it is complete and on the disk, so that neither a run cut short nor a power failure
    leaves something half-written under it.

    Raises:
        ArchiveError: the disk is full, or may not be written.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    suffix = PurePosixPath(name).suffix.lower()
    kept = archive / sha256[:2] / f"{sha256}{suffix if _SUFFIX.fullmatch(suffix) else ''}"
    if kept.exists():
        return sha256, kept
    try:
        # It holds names and telephone numbers: nobody else on the machine reads it.
        archive.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept.parent.mkdir(exist_ok=True)
        _write(content, kept)
    except OSError as error:
        why = "磁盘已满，请清理后重新运行" if error.errno in (errno.ENOSPC, errno.EDQUOT) else str(error.strerror)
        raise ArchiveError(f"文件存不进档案 {archive}：{why}。本夜没有入库，已存档的不受影响") from error
    return sha256, kept


def _write(content: bytes, kept: Path) -> None:
    with tempfile.NamedTemporaryFile(dir=kept.parent, prefix=".", suffix=".part", delete=False) as copy:
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
    _sync(kept.parent)


def _sync(folder: Path) -> None:
    """The names in a folder onto the disk; where a system cannot, it does so by itself."""
    if os.name == "posix":
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
