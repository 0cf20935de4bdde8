"""Archived bytes: whether they are still what arrived, and deleting those that nobody has to keep any longer.

A deleted file leaves a mark beside its place, so that it is never taken for one that was lost.
"""

import hashlib
import os
from datetime import datetime
from pathlib import Path
from typing import Literal

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


def _mark(kept: Path) -> Path:
    return kept.with_name(f"{kept.name}.deleted")
