"""The archive against the warehouse: is every file there, are its bytes what arrived, and is nothing else there."""

from collections.abc import Iterator, Mapping, Set
from datetime import datetime
from pathlib import Path

from tasks.old_files import SETTLED, is_half_written, mark_name, state_of
from warehouse.archived import archived_in, choose_contents
from warehouse.engine import Engine
from warehouse.integrity import Sample, Tally

_FOLDERS = tuple(f"{number:02x}" for number in range(256))
_RESTORE = "从备份取回同名文件，放回 archive 文件夹里的原处，并检查磁盘"
_LOOK_AT_DISK = "检查磁盘和权限；确实读不出来的，从备份取回同名文件放回原处"
_COLLECT = "huizong run 会重新收取来源里还有的；来源里没有了的，复制到收件箱再运行 huizong run"


def verify_archive(engine: Engine, archive: Path, sample: Sample, moment: datetime, tally: Tally) -> None:
    """Whether all files are there, and of the chosen ones the bytes; a folder of the archive at a time.

    A file whose time of keeping was over, and which housekeeping deleted, is not missing.
    """
    chosen = choose_contents(engine, sample)
    for folder in _FOLDERS:
        known = archived_in(engine, folder)
        try:
            there = _names(archive / folder)
        except OSError as error:
            tally.add("file_unreadable", _LOOK_AT_DISK, [f"{folder}/（{error.strerror}）"], max(len(known), 1))
            continue
        for name, sha256 in known.items():
            if chosen is None or sha256 in chosen:
                _look(archive / folder / name, sha256, tally)
            elif name not in there and mark_name(name) not in there:
                tally.add("file_missing", _RESTORE, [f"{folder}/{name}"])
        for name in _strange(known, there):
            _judge(archive / folder / name, moment, tally)


def _names(folder: Path) -> Set[str]:
    return {file.name for file in folder.iterdir()} if folder.is_dir() else set()


def _look(kept: Path, sha256: str, tally: Tally) -> None:
    """Whether the bytes are those that arrived."""
    tally.checked += 1
    place = f"{kept.parent.name}/{kept.name}"
    try:
        state = state_of(kept, sha256)
    except OSError as error:
        tally.add("file_unreadable", _LOOK_AT_DISK, [f"{place}（{error.strerror}）"])
        return
    if state == "missing":
        tally.add("file_missing", _RESTORE, [place])
    elif state == "damaged":
        tally.add("file_changed", _RESTORE, [place])


def _strange(known: Mapping[str, str], there: Set[str]) -> Iterator[str]:
    """The names of a folder that the warehouse knows nothing of."""
    yield from sorted(there - known.keys() - {mark_name(name) for name in known})


def _judge(stray: Path, moment: datetime, tally: Tally) -> None:
    try:
        changed_at = stray.stat().st_mtime
    except FileNotFoundError:
        # Half-written until a moment ago.
        return
    if changed_at > (moment - SETTLED).timestamp():
        return
    place = f"{stray.parent.name}/{stray.name}"
    if is_half_written(stray):
        tally.add("half_written", "huizong housekeeping", [place])
    else:
        tally.add("file_unknown", _COLLECT, [place])
