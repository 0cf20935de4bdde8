"""Returned copies in tests: made from what is found in a workbook, looked into, and corrected."""

import io
from collections.abc import Mapping
from pathlib import Path

from openpyxl import Workbook as Book
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as BookCell

from schemas.batch import Batch
from schemas.found import Found
from tasks.returned.annotate import Annotated, annotate
from tasks.returned.own import MARK
from tasks.returned.verdict import Verdict
from tests.workbooks import Cell, checked

COLOURS = {"FFFFC7CE": "error", "FFFFEB9C": "warning"}


def returned(folder: Path, content: bytes, name: str = "报表.xlsx") -> tuple[Batch, Annotated]:
    """What is found in a workbook, and its copy."""
    batch = checked(folder, content, name=name)
    rejected = batch.submissions["form"].tolist()
    verdict = Verdict({"rejected": rejected} if rejected else {})
    return batch, annotate(content, issues_of(batch), batch.submissions["layout"].tolist(), verdict)


def issues_of(batch: Batch) -> list[Found]:
    """The issues of a batch of one file."""
    issues = batch.issues.astype(object).where(batch.issues.notna(), None)
    keys = ("severity", "code", "sheet", "row", "column", "field", "value", "message")
    return [Found(*(row[key] for key in keys)) for row in issues.to_dict("records")]


def opened(content: bytes) -> Book:
    """A copy as openpyxl sees it."""
    return load_workbook(io.BytesIO(content))


def marked(book: Book) -> dict[tuple[str, str], str]:
    """Sheet and cell of every mark of the sender's sheets, with its severity; each must have a comment."""
    found = {}
    for sheet in book.worksheets:
        if sheet.cell(1, 1).value == MARK:
            continue
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            colour = cell.fill.fgColor.rgb if cell.fill.fill_type else None
            assert (colour in COLOURS) == ("【汇总】" in comment_of(cell)), cell.coordinate
            if colour in COLOURS:
                found[sheet.title, cell.coordinate] = COLOURS[colour]
    return found


def comment_of(cell: object) -> str:
    """The comment of a cell; empty where it has none."""
    comment = getattr(cell, "comment", None)
    return comment.text if comment else ""


def corrected(content: bytes, right: Mapping[tuple[str, str], Cell]) -> bytes:
    """A copy in which these cells were changed, as its sender saves it."""
    book = opened(content)
    for (sheet, address), value in right.items():
        cell = book[sheet][address]
        assert isinstance(cell, BookCell)
        cell.value = value
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()
