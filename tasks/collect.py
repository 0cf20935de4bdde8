"""Files from the inbox into the archive, named by their sha256, before anything reads them; the bytes never change."""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Sequence, Set
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import fsspec
from fsspec.implementations.local import LocalFileSystem

from tasks.read import ArrivedFile

_LOCKS = ("~$", ".")
_UNFINISHED = (".tmp", ".part", ".crdownload", ".swp", ".lock")


class SourceError(Exception):
    """A source of the inbox cannot be read; the message names it."""


def collect(inbox: str, archive: Path, known: Set[tuple[str, str]]) -> list[ArrivedFile]:
    """The files below an inbox (a folder or an fsspec URL) that are not known by (sha256, name), archived, by name.

    Raises:
        SourceError: the inbox is not there or cannot be listed.
    """
    filesystem, root = _open_source(inbox)
    names = sorted(_wanted(filesystem.find(root)), key=str)
    arrived = [_archive_file(filesystem, root, name, archive) for name in names]
    return [file for file in arrived if (file.sha256, file.name) not in known]


def collect_all(inboxes: Sequence[str], archive: Path, known: Set[tuple[str, str]]) -> list[ArrivedFile]:
    """The new files of all inboxes in the order in which they arrived."""
    arrived = [file for inbox in inboxes for file in collect(inbox, archive, known)]
    once = {(file.sha256, file.name): file for file in arrived}
    return sorted(once.values(), key=lambda file: (file.received_at, file.name))


def in_batches(files: Sequence[ArrivedFile], size: int) -> list[Sequence[ArrivedFile]]:
    """The files in runs of at most that many, so that memory does not grow with their number."""
    return [files[start : start + size] for start in range(0, len(files), size)]


def _open_source(inbox: str) -> tuple[fsspec.AbstractFileSystem, str]:
    try:
        filesystem, root = fsspec.core.url_to_fs(inbox)
        if filesystem.isdir(root):
            return filesystem, str(root)
    except (OSError, ValueError, ImportError) as error:
        raise SourceError(f"HUIZONG_INBOX={inbox}：无法读取（{error}）") from error
    raise SourceError(f"HUIZONG_INBOX={inbox}：文件夹不存在，请新建或改正设置")


def _wanted(names: Iterable[str]) -> list[str]:
    """Without locks, hidden files and files that are still being written."""
    return [
        name
        for name in names
        if not PurePosixPath(name).name.startswith(_LOCKS) and not name.lower().endswith(_UNFINISHED)
    ]


def _archive_file(filesystem: fsspec.AbstractFileSystem, root: str, path: str, archive: Path) -> ArrivedFile:
    content = filesystem.cat_file(path)
    sha256 = hashlib.sha256(content).hexdigest()
    source = path if isinstance(filesystem, LocalFileSystem) else filesystem.unstrip_protocol(path)
    return ArrivedFile(
        sha256=sha256,
        source=source,
        name=_printable(PurePosixPath(path).relative_to(PurePosixPath(root)).as_posix()),
        size=len(content),
        received_at=_received_at(filesystem, path),
        archive=store(content, sha256, archive, PurePosixPath(path).suffix.lower()),
    )


def _printable(name: str) -> str:
    """The name with a mark for each byte that is no UTF-8 (GBK names on Linux): only such text can be kept."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def store(content: bytes, sha256: str, archive: Path, suffix: str) -> Path:
    """Where the content lies in the archive, written there unless it is.

    The copy gets its name only when it is complete, so that a run cut short leaves nothing half-written.
    """
    kept = archive / sha256[:2] / f"{sha256}{suffix}"
    if kept.exists():
        return kept
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=kept.parent, prefix=".", suffix=".part", delete=False) as copy:
        copy.write(content)
        copy.flush()
        os.fsync(copy.fileno())
    Path(copy.name).replace(kept)
    return kept


def _received_at(filesystem: fsspec.AbstractFileSystem, path: str) -> datetime:
    """When the source last wrote the file, which is when it arrived; now where a source cannot say."""
    try:
        modified: datetime = filesystem.modified(path)
    except NotImplementedError:
        return datetime.now(UTC)
    return modified if modified.tzinfo else modified.replace(tzinfo=UTC)
