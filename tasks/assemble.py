"""Readings of a whole batch to frames: one of files, one of submissions, one of cell texts for each table."""

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

import pandas as pd

from schemas.form import Table, tables
from schemas.issue import Issue, issue_frame
from schemas.unit import Register
from tasks.limits import USUAL, Bounds
from tasks.lines import Total
from tasks.read import ArrivedFile, Draft, Reading, read_files
from tasks.recognise import Block, Texts

_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_DAYS_FROM_1900_TO_1904 = 1_462


@dataclass(frozen=True)
class Raw:
    """A batch before its cells are parsed: ``cells`` hold ``submission_no``, ``source_row`` and every field."""

    files: pd.DataFrame
    submissions: pd.DataFrame
    cells: dict[str, pd.DataFrame]
    totals: dict[str, pd.DataFrame]
    issues: pd.DataFrame


def read_batch(files: Iterable[ArrivedFile], register: Register, today: date, bounds: Bounds = USUAL) -> Raw:
    """Files to the frames of a batch: read one by one, put together once."""
    return assemble(read_files(files, register, today, bounds), register)


def assemble(readings: Sequence[Reading], register: Register) -> Raw:
    """The frames of a batch, in the order in which the files arrived."""
    ordered = sorted(readings, key=lambda reading: arrival(reading.file))
    drafts = [(file_no, draft) for file_no, reading in enumerate(ordered) for draft in reading.drafts]
    blocks = [(number, block) for number, (_, draft) in enumerate(drafts) for block in draft.blocks]
    return Raw(
        files=_files(ordered),
        submissions=_submissions(drafts, register),
        cells=_cells([_Part(no, block, block.data_rows, block.columns) for no, block in blocks]),
        totals=_totals(blocks),
        issues=_issues(ordered, drafts),
    )


def arrival(file: ArrivedFile) -> tuple[datetime, str]:
    """By what the files of a batch are ordered."""
    return file.received_at, file.name


def _files(readings: Sequence[Reading]) -> pd.DataFrame:
    files = [reading.file for reading in readings]
    return pd.DataFrame(
        {
            "file_no": range(len(files)),
            "sha256": pd.Series([file.sha256 for file in files], dtype=object),
            "source": pd.Series([file.source for file in files], dtype=object),
            "name": pd.Series([file.name for file in files], dtype=object),
            "size": pd.Series([file.size for file in files], dtype="int64"),
            "received_at": pd.Series([file.received_at for file in files], dtype="datetime64[us, UTC]"),
            "archive": pd.Series([str(file.archive) for file in files], dtype=object),
            "sender": pd.Series([file.sender for file in files], dtype=object),
        }
    )


def _submissions(drafts: Sequence[tuple[int, Draft]], register: Register) -> pd.DataFrame:
    def column(values: list[object]) -> pd.Series:
        return pd.Series(values, dtype=object)

    heads = [draft.head for _, draft in drafts]
    return pd.DataFrame(
        {
            "submission_no": range(len(drafts)),
            "file_no": pd.Series([file_no for file_no, _ in drafts], dtype="int64"),
            "form": column([draft.form.id for _, draft in drafts]),
            "unit_code": column([head.unit_code for head in heads]),
            "unit_level": column([register.units[head.unit_code].level if head.unit_code else None for head in heads]),
            "month": column([head.month for head in heads]),
            "version": pd.Series([head.version for head in heads], dtype="int64"),
            "situation": column([draft.situation for _, draft in drafts]),
            "correction": column([head.correction for head in heads]),
            "content_sha256": column([draft.content_sha256 for _, draft in drafts]),
            "layout": column([_layout(draft) for _, draft in drafts]),
            "rows": pd.Series(
                [sum(len(block.data_rows) for block in draft.blocks) for _, draft in drafts], dtype="int64"
            ),
        }
    )


def _layout(draft: Draft) -> dict[str, object]:
    """Where each table of the submission stands in the workbook, and what was said of it."""
    unsent: dict[str, dict[str, object]] = {
        table_id: {"sheet": None, "header_row": None, "letters": {}} for table_id in draft.states
    }
    sent: dict[str, dict[str, object]] = {
        block.table.id: {
            "sheet": block.sheet.name,
            "header_row": block.header_row + 1,
            "letters": block.letters(),
            **({"units": dict(block.units)} if block.units else {}),
        }
        for block in draft.blocks
    }
    return {table_id: {**part, "state": draft.states[table_id]} for table_id, part in {**unsent, **sent}.items()}


class _Part(NamedTuple):
    """Some rows of a block, and their texts by field."""

    submission_no: int
    block: Block
    rows: Sequence[int]
    columns: Mapping[str, Texts]


def _cells(parts: Sequence[_Part]) -> dict[str, pd.DataFrame]:
    """The texts of the parts, a frame a table."""
    by_table: dict[str, list[_Part]] = {table_id: [] for table_id in tables()}
    for part in parts:
        by_table[part.block.table.id].append(part)
    return {table_id: _cells_of_table(table, by_table[table_id]) for table_id, (_, table) in tables().items()}


def _totals(blocks: Sequence[tuple[int, Block]]) -> dict[str, pd.DataFrame]:
    """The rows of totals: like cells, with the ``kind`` and the first row (``from_row``) of what they add up."""
    totals = {table_id: list[Total]() for table_id in tables()}
    parts = []
    for number, block in ((number, block) for number, block in blocks if block.totals):
        totals[block.table.id] += block.totals
        rows = [total.row for total in block.totals]
        parts.append(_Part(number, block, rows, block.columns_of(rows)))
    return {
        table_id: frame.assign(
            kind=pd.Series([total.kind for total in totals[table_id]], dtype=object),
            from_row=pd.Series([total.from_row + 1 for total in totals[table_id]], dtype="int64"),
        )
        for table_id, frame in _cells(parts).items()
    }


def _cells_of_table(table: Table, parts: Sequence[_Part]) -> pd.DataFrame:
    columns = {
        "submission_no": pd.Series([part.submission_no for part in parts for _ in part.rows], dtype="int64"),
        "source_row": pd.Series([row + 1 for part in parts for row in part.rows], dtype="int64"),
    }
    for field in table.columns:
        texts = itertools.chain.from_iterable(_column(part, field) for part in parts)
        columns[field] = pd.Series(list(texts), dtype=object)
    return pd.DataFrame(columns)


def _column(part: _Part, field: str) -> Sequence[str | None]:
    texts = part.columns.get(field, (None,) * len(part.rows))
    if part.block.sheet.is_1904 and part.block.table.columns[field].type in ("date", "datetime"):
        return [text and _in_1900(text) for text in texts]
    return texts


def _in_1900(text: str) -> str:
    """A bare serial number of the 1904 date system as one of 1900; dates that the file shows as such are right."""
    if not _SERIAL.fullmatch(text):
        return text
    day, point, time_of_day = text.partition(".")
    return f"{int(day) + _DAYS_FROM_1900_TO_1904}{point}{time_of_day}"


def _issues(readings: Sequence[Reading], drafts: Sequence[tuple[int, Draft]]) -> pd.DataFrame:
    of_files = [_line(file_no, None, issue) for file_no, reading in enumerate(readings) for issue in reading.issues]
    of_drafts = [
        _line(file_no, number, issue) for number, (file_no, draft) in enumerate(drafts) for issue in draft.issues
    ]
    return issue_frame(of_files + of_drafts)


def _line(file_no: int, submission_no: int | None, issue: Issue) -> dict[str, object]:
    return {
        "file_no": file_no,
        "submission_no": submission_no,
        "severity": issue.severity,
        "code": issue.code,
        "sheet": issue.sheet,
        "row": issue.row,
        "column": issue.column,
        "field": issue.field,
        "value": issue.value,
        "message": issue.message,
    }
