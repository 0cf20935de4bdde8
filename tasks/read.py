"""Files to drafts of submissions: what a workbook holds, before any cell is interpreted."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path, PurePosixPath

from schemas.calendar import SHANGHAI
from schemas.form import Form
from schemas.issue import Issue
from schemas.unit import Register
from tasks.head import Head, pairs, read_head
from tasks.recognise import Block, find_block
from tasks.workbook import Sheet, Workbook, open_workbook

_TEXT_ENDINGS = frozenset({".csv", ".tsv", ".txt"})


@dataclass(frozen=True)
class ArrivedFile:
    """A file whose bytes lie in the archive; ``name`` is its path below the inbox, ``received_at`` has a timezone."""

    sha256: str
    source: str
    name: str
    size: int
    received_at: datetime
    archive: Path


@dataclass(frozen=True)
class Draft:
    """One submission as it was read: the blocks of one form, and what its head says."""

    form: Form
    head: Head
    blocks: tuple[Block, ...]
    issues: tuple[Issue, ...]
    content_sha256: str

    @property
    def situation(self) -> str:
        """``zero`` when no block has a row."""
        return "data" if any(block.data_rows for block in self.blocks) else "zero"


@dataclass(frozen=True)
class Reading:
    """A file with its drafts; ``issues`` are those of the file as a whole."""

    file: ArrivedFile
    drafts: tuple[Draft, ...]
    issues: tuple[Issue, ...]


def read_files(files: Iterable[ArrivedFile], register: Register, today: date) -> list[Reading]:
    """The readings of a chunk of files, in order. A file that cannot be read gives issues, never an exception."""
    return [read_file(file, register, today) for file in files]


def read_file(file: ArrivedFile, register: Register, today: date) -> Reading:
    """One file: its sheets, the tables on them, and the submissions that they make."""
    book = open_workbook(file.archive.read_bytes())
    covers = [sheet for sheet in book.sheets if sheet.name.strip() == "封面"]
    said = pairs(row for sheet in covers for row in sheet.rows)
    others = [sheet for sheet in book.sheets if sheet not in covers]
    blocks = {sheet.name: find_block(sheet, said.get("form_code")) for sheet in others}
    found = [block for block in blocks.values() if block]
    issues = list(book.issues) + _unread([sheet for sheet in others if blocks[sheet.name] is None])
    if not found and not book.issues:
        issues = [_unknown(file, book)]
    received_on = min(file.received_at.astimezone(SHANGHAI).date(), today)
    drafts = tuple(_drafts(found, said, PurePosixPath(file.name), register, received_on))
    return Reading(file, drafts, tuple(issues))


def _unread(sheets: Sequence[Sheet]) -> list[Issue]:
    """Sheets with content in which no form was recognised."""
    return [
        Issue("W-FILE-07", sheet=sheet.name, value=sheet.name)
        for sheet in sheets
        if any(any(row) for row in sheet.rows)
    ]


def _unknown(file: ArrivedFile, book: Workbook) -> Issue:
    if book.is_text and PurePosixPath(file.name).suffix.lower() not in _TEXT_ENDINGS:
        return Issue("E-FILE-01", hint="内容是纯文本")
    return Issue("E-FILE-04", hint="每张报表至少要有三个认得出的列名")


def _drafts(
    blocks: Sequence[Block], said: dict[str, str], name: PurePosixPath, register: Register, on: date
) -> Iterable[Draft]:
    for form_id in dict.fromkeys(block.form.id for block in blocks):
        own = [block for block in blocks if block.form.id == form_id]
        once = list({block.table.id: block for block in reversed(own)}.values())[::-1]
        twice = [block for block in own if block not in once]
        heads = pairs(row for block in own for row in block.head_rows)
        head = read_head(said, heads, name, register, on)
        issues = [*head.issues, *(issue for block in once for issue in block.issues)]
        issues += [Issue("E-FILE-08", sheet=block.sheet.name, value=block.table.title) for block in twice]
        draft = Draft(own[0].form, head, tuple(once), tuple(issues), _fingerprint(once))
        yield replace(draft, issues=(*issues, *_issues_of_situation(draft)))


def _issues_of_situation(draft: Draft) -> list[Issue]:
    """Cover and rows must tell the same story; a snapshot form cannot report nothing."""
    if draft.head.situation == "zero" and draft.situation == "data":
        return [Issue("E-COV-15")]
    if draft.situation == "zero" and draft.form.grain == "snapshot":
        return [Issue("E-COV-18")]
    if draft.head.situation == "data" and draft.situation == "zero":
        return [Issue("E-COV-19")]
    return []


def _fingerprint(blocks: Iterable[Block]) -> str:
    """The same for the same cells of the same fields, whatever surrounds them."""
    content = {
        block.table.id: [
            [field, [_cell(block, row, place) for row in block.data_rows]] for field, place in _sorted(block)
        ]
        for block in blocks
    }
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _sorted(block: Block) -> list[tuple[str, int]]:
    return sorted(block.fields.items())


def _cell(block: Block, row: int, place: int) -> str | None:
    cells = block.sheet.rows[row]
    return cells[place] if place < len(cells) else None
