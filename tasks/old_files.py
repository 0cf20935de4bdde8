"""Archived bytes: whether they are still what arrived, and deleting those that nobody has to keep any longer.

A deleted file leaves a mark beside its place, so that it is never taken for one that was lost. What a run that was cut
short left half-written, in the archive or where people find its output, nobody ever knew of.
"""

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from tasks.archive import PART

# What is younger may be of a night that is under way: it archives what it has not loaded yet.
SETTLED = timedelta(days=1)
State = Literal["whole", "deleted", "missing", "damaged"]


def state_of(kept: Path, sha256: str) -> State:
    """What became of the bytes of a file that was archived there."""
    try:
        with kept.open("rb") as content:
            found = hashlib.file_digest(content, "sha256").hexdigest()
    except FileNotFoundError:
        return "deleted" if _mark(kept).exists() else "missing"
    return "whole" if found == sha256 else "damaged"


def delete_raw(kept: Path, at: datetime) -> None:
    """Delete the bytes; the mark, which says when, is on the disk before they are gone."""
    with _mark(kept).open("w", encoding="utf-8") as mark:
        mark.write(f"{at.isoformat()}\n")
        mark.flush()
        os.fsync(mark.fileno())
    kept.unlink()


def mark_name(name: str) -> str:
    """The name of the mark of a file."""
    return f"{name}.deleted"


def is_half_written(kept: Path) -> bool:
    """Whether it is what never got its name, see ``tasks.archive`` and ``tasks.aside``."""
    return kept.name.startswith(".") and kept.suffix == PART


def half_written(folders: Iterable[Path], before: datetime) -> Iterator[Path]:
    """What below these folders never got its name, files and folders, and nobody has written to since that moment."""
    for folder in folders:
        for part in folder.rglob(f".*{PART}"):
            is_in_another = any(is_half_written(each) for each in part.relative_to(folder).parents)
            if not is_in_another and part.stat().st_mtime < before.timestamp():
                yield part


def sweep(part: Path) -> None:
    """Delete what was left half-written, unless somebody was faster."""
    if part.is_dir() and not part.is_symlink():
        shutil.rmtree(part, ignore_errors=True)
    else:
        part.unlink(missing_ok=True)


def _mark(kept: Path) -> Path:
    return kept.with_name(mark_name(kept.name))
