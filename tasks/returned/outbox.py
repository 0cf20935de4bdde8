"""The outbox: returned copies by unit and month, and a ledger of what was put there.

The ledger tells a copy that somebody took away, which does not come again, from one that is new.
"""

import json
import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from schemas.unit import Register
from tasks.aside import write_all_aside
from tasks.head import place_of_path
from tasks.returned.files import free_stem
from warehouse.returned import OpenWork

SETTLED = "已办结"
_NO_UNIT, _NO_MONTH, _NO_NAME = "单位不明", "月份不明", "报表"
_LEDGER = ".returned.json"
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
# In UTF-8 below the 255 bytes that file systems take, with number and ending.
_LONGEST_STEM = 70
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Kept:
    """A copy that was put into the outbox: of which state of the reports, under which ending.

    ``waits`` tells that it has yet to be sent to its unit.
    """

    key: str
    ending: str
    waits: bool = False


@dataclass(frozen=True)
class Outbox:
    """The folder; copies in it are named by their path without the ending."""

    folder: Path

    def read_ledger(self) -> dict[str, Kept]:
        """What was put here; nothing where the ledger is gone or damaged: then every copy is made again."""
        try:
            written = json.loads((self.folder / _LEDGER).read_text(encoding="utf-8"))
            return {stem: Kept(**kept) for stem, kept in written.items()}
        except FileNotFoundError:
            return {}
        except (ValueError, TypeError, AttributeError):
            _log.warning("the ledger of the outbox is damaged, all copies are made again")
            return {}

    def write_ledger(self, ledger: Mapping[str, Kept]) -> None:
        """Keep what was put here, where that differs from what is written there."""
        text = json.dumps({stem: asdict(kept) for stem, kept in sorted(ledger.items())}, ensure_ascii=False, indent=1)
        if ledger or self.folder.exists():
            write_all_aside(self.folder, {_LEDGER: text.encode()})

    def put(self, stem: str, ending: str, content: bytes) -> None:
        """Write a copy; another that lies there, and may have been worked in, goes to what is settled."""
        path = self.path(stem, ending)
        if path.is_file() and path.read_bytes() != content:
            self.settle(stem, ending)
        write_all_aside(path.parent, {path.name: content})

    def settle(self, stem: str, ending: str) -> None:
        """Move a copy, unless somebody took it, to those that nobody has to look at any more."""
        path = self.path(stem, ending)
        if path.is_file():
            target = path.parent / SETTLED / path.name
            target.parent.mkdir(exist_ok=True)
            path.replace(target)

    def path(self, stem: str, ending: str) -> Path:
        """Where a copy lies."""
        return self.folder / f"{stem}{ending}"


def key_of(work: OpenWork) -> str:
    """The state of reports of which a copy is made: issues are only ever added."""
    return f"{work.file_id}-{'.'.join(map(str, work.submission_ids))}-{work.last_issue_id}"


def stems(works: Iterable[OpenWork], register: Register) -> dict[str, OpenWork]:
    """The path of each copy below the outbox without its ending; files of one name are numbered as they arrived."""
    found: dict[str, OpenWork] = {}
    for work in works:
        unit_code, month = place_of(work, register)
        unit = _unit(unit_code, month, register)
        stem = f"{unit}/{f'{month:%Y-%m}' if month else _NO_MONTH}/{safe_name(PurePosixPath(work.name).stem)}"
        found[free_stem(stem, found)] = work
    return found


def place_of(work: OpenWork, register: Register) -> tuple[str | None, date | None]:
    """The unit and the month of reports; where the file does not say them, those of the folder in which it came."""
    unit_code, month = place_of_path(PurePosixPath(work.name), register)
    return work.unit_code or unit_code, work.month or month


def _unit(code: str | None, month: date | None, register: Register) -> str:
    if code is None:
        return _NO_UNIT
    if code not in register.units:
        return code
    return safe_name(register.at(code, month).name if month else register.units[code].name)


def safe_name(text: str) -> str:
    """A text as the name of a file or folder on every system."""
    return _NOT_IN_NAMES.sub("_", text).strip(" .~$")[:_LONGEST_STEM] or _NO_NAME
