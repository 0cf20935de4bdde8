"""Names and bytes of the files in which copies lie."""

from collections.abc import Container
from itertools import count
from pathlib import Path


def free_stem(stem: str, taken: Container[str]) -> str:
    """The name without its ending, with a number behind it where it is taken: 报表（2）."""
    tries = (f"{stem}（{number}）" if number > 1 else stem for number in count(1))
    return next(each for each in tries if each not in taken)


def write_aside(path: Path, content: bytes) -> None:
    """Write a file that is either whole or as it was; one that already says so is left alone."""
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.parent / f".{path.name}.part"
    part.write_bytes(content)
    part.replace(path)
