"""``huizong check``: read and validate files without loading them, without warehouse and Prefect.

Light, so that the process that reads starts before this one imports what takes long: see ``flows.checking``.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from flows.settings import load_settings
from tasks.pool import pool


class SourceError(Exception):
    """A file to check is not there, or a copy of one cannot be written; the message names it."""


def check_files(paths: Sequence[Path], *, as_json: bool, annotate: Path | None = None) -> int:
    """Prints what is wrong with the files (or all files of folders): 1 when there is an error, else 0.

    Args:
        paths: files and folders.
        as_json: for programs.
        annotate: the folder into which marked copies of those go in which something is wrong.

    Raises:
        SourceError: there is no such file, or a copy would take the place of one.
    """
    settings = load_settings()
    files = _files(paths)
    pool(settings.limits).start(1)
    from flows.checking import check_each  # noqa: PLC0415 -- while the process starts

    return check_each(files, settings, as_json=as_json, annotate=annotate)


def _files(paths: Iterable[Path]) -> list[Path]:
    if missing := [path for path in paths if not path.exists()]:
        raise SourceError(f"{missing[0]}：没有这个文件")
    found = [sorted(path.rglob("*")) if path.is_dir() else [path] for path in paths]
    return [path for group in found for path in group if path.is_file()]
