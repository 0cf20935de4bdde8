"""Files to drafts of submissions: what a workbook holds, before any cell is interpreted."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path, PurePosixPath

from schemas.calendar import SHANGHAI
from schemas.form import Form
from schemas.issue import Issue
from schemas.unit import Register
from tasks.cover import Cover, read_cover
from tasks.garbage import rare_collections
from tasks.head import Head, Sources, pairs, read_head, titles
from tasks.limits import USUAL, Bounds
from tasks.recognise import Block, find_blocks
from tasks.returned.own import without_lists
from tasks.situation import issues_of_situation, states_of
from tasks.template.version import OWN_SHEETS, outdated
from tasks.workbook import Sheet, Workbook, open_workbook

_TEXT_ENDINGS = frozenset({".csv", ".tsv", ".txt"})


@dataclass(frozen=True)
class ArrivedFile:
    """A file whose bytes lie in the archive; ``name`` is its path below the inbox, ``received_at`` has a timezone.

    ``sender`` is who mailed it, kept as evidence and never logged.
    """

    sha256: str
    source: str
    name: str
    size: int
    received_at: datetime
    archive: Path
    sender: str | None = None


@dataclass(frozen=True)
class Draft:
    """One submission as it was read: the blocks of one form, and what its head says.

    ``states`` says of each table whether it has rows (data), none (zero) or those of last month (unchanged); a table of
    which nothing was sent or said has none.
    """

    form: Form
    head: Head
    blocks: tuple[Block, ...]
    states: Mapping[str, str]
    issues: tuple[Issue, ...]
    content_sha256: str

    @property
    def situation(self) -> str:
        """``data`` when a block has rows, else ``unchanged`` when one stays as it was, else ``zero``."""
        states = set(self.states.values())
        return next((state for state in ("data", "unchanged") if state in states), "zero")


@dataclass(frozen=True)
class Reading:
    """A file with its drafts; ``issues`` are those of the file as a whole."""

    file: ArrivedFile
    drafts: tuple[Draft, ...]
    issues: tuple[Issue, ...]


def read_files(files: Iterable[ArrivedFile], register: Register, today: date, bounds: Bounds = USUAL) -> list[Reading]:
    """The readings of a chunk of files, in order. A file that cannot be read gives issues, never an exception."""
    with rare_collections():
        return [read_file(file, register, today, bounds) for file in files]


def read_file(file: ArrivedFile, register: Register, today: date, bounds: Bounds = USUAL) -> Reading:
    """One file: its sheets, the tables on them, and the submissions that they make."""
    if issue := _too_large(file, bounds):
        return Reading(file, (), (issue,))
    book = without_lists(open_workbook(file.archive.read_bytes(), bounds))
    visible = [sheet for sheet in book.sheets if sheet.is_visible]
    cover = read_cover(visible)
    found = {sheet.name: find_blocks(sheet, cover.form_code) for sheet in visible if sheet.name not in cover.sheets}
    blocks = [block for each in found.values() for block in each.blocks]
    issues = [
        *book.issues,
        *book.notes,
        *_unread(book, [sheet for sheet in visible if sheet.name in found and not found[sheet.name].blocks]),
    ]
    issues += [issue for each in found.values() for issue in each.issues]
    received_on = min(file.received_at.astimezone(SHANGHAI).date(), today)
    if issue := _too_many_rows(blocks, bounds):
        return Reading(file, (), (issue,))
    drafts = tuple(_drafts(blocks, cover, PurePosixPath(file.name), register, received_on))
    if not drafts and not book.issues:
        issues = [*cover.issues, _unknown(file, book)]
    return Reading(file, *_told_of_template(book, drafts, issues))


def _too_large(file: ArrivedFile, bounds: Bounds) -> Issue | None:
    """Of a file that is not even opened."""
    if file.size <= bounds.file_bytes:
        return None
    return Issue("E-FILE-17", value=f"文件有 {file.size >> 20} MiB", hint=bounds.said("file_megabytes"))


def _too_many_rows(blocks: Sequence[Block], bounds: Bounds) -> Issue | None:
    """Of a file that would fill the warehouse."""
    rows = sum(len(block.data_rows) for block in blocks)
    if rows <= bounds.rows:
        return None
    return Issue("E-FILE-17", value=f"数据有 {rows} 行", hint=bounds.said("rows"))


def _told_of_template(
    book: Workbook, drafts: tuple[Draft, ...], issues: list[Issue]
) -> tuple[tuple[Draft, ...], tuple[Issue, ...]]:
    """The drafts and the issues of the file, with that of an older template where it is read, else at the file."""
    found = outdated(book.sheets)
    if found is None:
        return drafts, tuple(issues)
    code, issue = found
    if all(draft.form.code != code for draft in drafts):
        return drafts, (*issues, issue)
    told = (replace(each, issues=(*each.issues, issue)) if each.form.code == code else each for each in drafts)
    return tuple(told), tuple(issues)


def _unread(book: Workbook, unknown: Sequence[Sheet]) -> Iterator[Issue]:
    """Sheets that hold something and were not read: hidden, or without a form that was recognised; not a template's."""
    hidden = [sheet for sheet in book.sheets if not sheet.is_visible]
    for code, sheets in (("W-FILE-09", hidden), ("W-FILE-07", unknown)):
        yield from (
            Issue(code, sheet=sheet.name, value=sheet.name)
            for sheet in sheets
            if sheet.name not in OWN_SHEETS and any(any(row) for row in sheet.rows)
        )


def _unknown(file: ArrivedFile, book: Workbook) -> Issue:
    if book.is_text and PurePosixPath(file.name).suffix.lower() not in _TEXT_ENDINGS:
        return Issue("E-FILE-01", hint="内容是纯文本")
    return Issue("E-FILE-04", hint="每张报表至少要有三个认得出的列名")


def _drafts(
    blocks: Sequence[Block], cover: Cover, name: PurePosixPath, register: Register, on: date
) -> Iterator[Draft]:
    forms = {block.form.id: block.form for block in blocks}
    if not forms and cover.form:
        # A cover alone is a report too, when it says that nothing happened or that nothing changed.
        forms = {cover.form.id: cover.form}
    for form_id, form in forms.items():
        own = [block for block in blocks if block.form.id == form_id]
        once = list({block.table.id: block for block in reversed(own)}.values())[::-1]
        rows = [row for block in own for row in block.head_rows]
        said = Sources(cover.pairs, pairs(rows), [title for block in own for title in titles(block.title_rows)])
        head = read_head(said, name, register, on)
        states = states_of(form, head, once)
        issues = [
            *head.issues,
            *(cover.issues_with(forms.values())),
            *(issue for block in once for issue in block.issues),
        ]
        issues += [
            Issue("E-FILE-08", sheet=block.sheet.name, value=block.table.title) for block in own if block not in once
        ]
        issues += issues_of_situation(form, head, once)
        yield Draft(form, head, tuple(once), states, tuple(issues), _fingerprint(once, states))


def _fingerprint(blocks: Iterable[Block], states: Mapping[str, str]) -> str:
    """The same for the same cells of the same fields, whatever surrounds them."""
    content: dict[str, object] = {
        block.table.id: [[name, block.units.get(name), block.columns[name]] for name in sorted(block.fields)]
        for block in blocks
    }
    content["states"] = sorted(states.items())
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
