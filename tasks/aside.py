"""Files that are whole or not there at all: written beside their place, then renamed."""

import shutil
import uuid
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path


class OutputError(Exception):
    """A file cannot be written where it should be; the message says which, and why."""


@contextmanager
def written_aside(target: Path) -> Iterator[Path]:
    """A path in the target's folder to write to, which takes the target's place at the end.

    When the body fails, nothing of it is left, and what stood at the target before still stands.

    Raises:
        OutputError: the folder or the file cannot be written.
    """
    aside = _beside(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield aside
            aside.replace(target)
        finally:
            aside.unlink(missing_ok=True)
    except OSError as error:
        raise _cannot_write(target, error) from error


@contextmanager
def folder_aside(target: Path) -> Iterator[Path]:
    """The same for a folder that is not there yet; where another process made it meanwhile, that one stays.

    Raises:
        OutputError: the folder or what is in it cannot be written.
    """
    aside = _beside(target)
    try:
        aside.mkdir(parents=True)
        try:
            yield aside
            if not target.exists():
                aside.replace(target)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        raise _cannot_write(target, error) from error


def write_all_aside(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Several files of a folder by name, all of them written before the first takes its place; their paths.

    One that already holds the same is left alone.

    Raises:
        OutputError: one cannot be written; then none is.
    """
    with ExitStack() as stack:
        for name, content in files.items():
            if (folder / name).is_file() and (folder / name).read_bytes() == content:
                continue
            stack.enter_context(written_aside(folder / name)).write_bytes(content)
    return [folder / name for name in files]


def _beside(target: Path) -> Path:
    """A place of its own for each writer, in the folder of the target."""
    return target.with_name(f".{target.name[:40]}.{uuid.uuid4().hex}.part")


def _cannot_write(target: Path, error: OSError) -> OutputError:
    return OutputError(f"写不了 {target}：{error.strerror or error}，请换一个位置，或检查权限和磁盘空间")
