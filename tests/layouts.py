"""Builders of sheets as people lay them out: merged cells, hidden rows and columns, several tables, a cover."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from tests.workbooks import Cell


@dataclass(frozen=True)
class Drawn:
    """A sheet: cells from A1, ``merged`` ranges as in A1:C1, rows (1-based) and columns (letters) that are hidden."""

    name: str
    rows: Sequence[Sequence[Cell]]
    merged: Sequence[str] = ()
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[str] = ()
    is_hidden: bool = False


def workbook(*sheets: Drawn, date_1904: bool = False) -> bytes:
    """An .xlsx file of such sheets."""
    buffer = io.BytesIO()
    settings = {"in_memory": True, "default_date_format": "yyyy-mm-dd hh:mm", "date_1904": date_1904}
    with xlsxwriter.Workbook(buffer, settings) as book:
        for drawn in sheets:
            _draw(book.add_worksheet(drawn.name), drawn)
    return buffer.getvalue()


def _draw(sheet: Worksheet, drawn: Drawn) -> None:
    for merge in drawn.merged:
        sheet.merge_range(merge, "")
    for number, row in enumerate(drawn.rows):
        for place, cell in enumerate(row):
            if cell is not None:
                sheet.write(number, place, cell)
    for number in drawn.hidden_rows:
        sheet.set_row(number - 1, None, None, {"hidden": True})
    for letter in drawn.hidden_columns:
        sheet.set_column(f"{letter}:{letter}", None, None, {"hidden": True})
    if drawn.is_hidden:
        sheet.hide()
