"""Files that are handed out: a name and bytes, laid into a folder without writing over what somebody filled in."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tasks.aside import write_all_aside


class HandoutError(Exception):
    """A file cannot be laid where it should; the message names it and says what to do."""


@dataclass(frozen=True)
class Handout:
    """A file's name and bytes."""

    name: str
    content: bytes


def lay_out(folder: Path, files: Sequence[Handout]) -> None:
    """Write the files into a folder, all or none; those that lie there with the same bytes stay.

    Raises:
        HandoutError: a file of this name has other bytes, which may be somebody's work.
        OutputError: the folder cannot be written to.
    """
    if taken := [file.name for file in files if _is_other(folder / file.name, file.content)]:
        names = "、".join(taken[:3]) + (f" 等 {len(taken)} 个" if len(taken) > 3 else "")
        raise HandoutError(
            f"{folder}：{names} 已经存在，内容不同，可能有人填过，没有改动任何文件；请换一个文件夹，或先把它移走"
        )
    write_all_aside(folder, {file.name: file.content for file in files})


def _is_other(path: Path, content: bytes) -> bool:
    return path.exists() and (not path.is_file() or path.read_bytes() != content)
