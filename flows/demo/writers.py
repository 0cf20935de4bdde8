"""Sheets to the bytes of .xlsx, .xls and .csv files, the same bytes on every call."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

import xlsxwriter
import xlwt
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from flows.demo.sheet import Line, Sheet
from flows.demo.spelling import Cell
from flows.demo.styles import File

# Workbooks carry the time at which they were made; a fixed one keeps their bytes the same.
_CREATED = datetime(2021, 1, 1, tzinfo=UTC)
_DATE_FORMAT = "yyyy-m-d"
_TIME_FORMAT = "yyyy-m-d h:mm"
_COLUMN_WIDTH = 13
_LAST_COLUMN = 40
_XLS_WRAP = (
    "alignment: wrap on, vertical centre, horizontal centre; borders: left thin, right thin, top thin, bottom thin"
)


def write(sheets: Sequence[Sheet], file: File) -> bytes:
    """The file with these sheets; a .csv holds the first alone."""
    if file == "xlsx":
        return _xlsx(sheets)
    if file == "xls":
        return _xls(sheets)
    return _csv(sheets[0]).encode("utf-8-sig" if file == "csv_utf8" else "gb18030")


def _spans(line: Line) -> Iterator[tuple[int, int, Cell]]:
    """Each cell with the first and the last column over which it stands."""
    for number, cell in enumerate(line.cells):
        yield number * line.span, (number + 1) * line.span - 1, cell


def _xlsx(sheets: Sequence[Sheet]) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"created": _CREATED.replace(tzinfo=None)})
    formats = {
        "title": book.add_format({"bold": True, "font_size": 16, "align": "center"}),
        "heading": book.add_format(
            {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
        ),
        "plain": book.add_format({"border": 1}),
        "date": book.add_format({"border": 1, "num_format": _DATE_FORMAT}),
        "datetime": book.add_format({"border": 1, "num_format": _TIME_FORMAT}),
    }
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        page.set_column(0, _LAST_COLUMN, _COLUMN_WIDTH)
        for row, line in enumerate(sheet.lines):
            _xlsx_line(page, row, line, formats)
        _xlsx_shape(page, sheet, formats["heading"])
    book.close()
    return target.getvalue()


def _xlsx_line(page: Worksheet, row: int, line: Line, formats: dict[str, Format]) -> None:
    for first, last, cell in _spans(line):
        style = formats[_kind(cell, line)]
        if last > first:
            page.merge_range(row, first, row, last, "", style)
        if isinstance(cell, str):
            page.write_string(row, first, cell, style)
        elif isinstance(cell, date):
            page.write_datetime(row, first, cell, style)
        elif cell is not None:
            page.write_number(row, first, cell, style)


def _xlsx_shape(page: Worksheet, sheet: Sheet, style: Format) -> None:
    """Merged headings, rows that a filter hides, and the sheet that nobody sees."""
    for top, left, bottom, right in sheet.merged:
        page.merge_range(top, left, bottom, right, sheet.lines[top].cells[left], style)
    for row in sheet.hidden_rows:
        page.set_row(row, None, None, {"hidden": True})
    if sheet.is_hidden:
        page.hide()


def _kind(cell: Cell, line: Line) -> str:
    if isinstance(cell, date):
        return "datetime" if isinstance(cell, datetime) else "date"
    return line.kind


def _xls(sheets: Sequence[Sheet]) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    styles = {
        "title": xlwt.easyxf("font: bold on, height 320; alignment: horizontal centre"),
        "heading": xlwt.easyxf(f"font: bold on; {_XLS_WRAP}"),
        "plain": xlwt.easyxf(""),
        "date": xlwt.easyxf("", num_format_str=_DATE_FORMAT),
        "datetime": xlwt.easyxf("", num_format_str=_TIME_FORMAT),
    }
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        for row, line in enumerate(sheet.lines):
            for first, last, cell in _spans(line):
                page.write_merge(row, row, first, last, cell, styles[_kind(cell, line)])
        for top, left, bottom, right in sheet.merged:
            page.merge(top, bottom, left, right, styles["heading"])
        for row in sheet.hidden_rows:
            page.row(row).hidden = True
        page.visibility = int(sheet.is_hidden)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _csv(sheet: Sheet) -> str:
    """As Excel saves a sheet: every row as wide as the widest, the cells of a merge empty but the first."""
    rows = [_csv_row(line) for line in sheet.lines]
    width = max(len(row) for row in rows)
    target = io.StringIO()
    csv.writer(target).writerows(row + [""] * (width - len(row)) for row in rows)
    return target.getvalue()


def _csv_row(line: Line) -> list[str]:
    cells = [[cell, *[None] * (last - first)] for first, last, cell in _spans(line)]
    return ["" if cell is None else str(cell) for group in cells for cell in group]
