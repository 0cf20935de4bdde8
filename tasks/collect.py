"""Files from the inbox into the archive, named by their sha256, before anything reads them. The bytes never change again."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Set
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import BinaryIO

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
    with filesystem.open(path, "rb") as source:
        sha256, size, kept = store(source, archive, PurePosixPath(path).suffix)
    source_name = path if isinstance(filesystem, LocalFileSystem) else filesystem.unstrip_protocol(path)
    return ArrivedFile(
        sha256=sha256,
        source=source_name,
        name=PurePosixPath(path).relative_to(PurePosixPath(root)).as_posix(),
        size=size,
        received_at=_received_at(filesystem, path),
        archive=kept,
    )


def store(source: BinaryIO, archive: Path, suffix: str) -> tuple[str, int, Path]:
    """Copies a stream into the archive: its sha256, its size in bytes and its place there.

    The copy gets its name only when it is complete, so that a run cut short leaves nothing half-written.
    """
    archive.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=archive, prefix=".", suffix=".part", delete=False) as copy:
        shutil.copyfileobj(source, copy)
        copy.flush()
        os.fsync(copy.fileno())
    unnamed = Path(copy.name)
    with unnamed.open("rb") as content:
        sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    kept = archive / sha256[:2] / f"{sha256}{suffix.lower()}"
    kept.parent.mkdir(exist_ok=True)
    unnamed.replace(kept)
    return sha256, kept.stat().st_size, kept


def _received_at(filesystem: fsspec.AbstractFileSystem, path: str) -> datetime:
    """When the source last wrote the file, which is when it arrived; now where a source cannot say."""
    try:
        modified: datetime = filesystem.modified(path)
    except NotImplementedError:
        return datetime.now(UTC)
    return modified if modified.tzinfo else modified.replace(tzinfo=UTC)
