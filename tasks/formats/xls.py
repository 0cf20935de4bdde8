""".xls of every age, and .et of WPS, which is the same: olefile takes out the workbook, xlrd reads it.

Not calamine: on a broken file it can reserve more memory than there is and end the process. Not xlrd alone: in a
container whose sectors are chained to a ring it circles for ever.

The format keeps a result of every formula; of one that nobody computed it is 0 or an empty text, which is also what
others compute, so such a formula cannot be told. Excel 4 and older keep no hidden rows, no formats that xlrd reads.
"""

import io
from dataclasses import replace
from functools import partial

import olefile
import xlrd

from schemas.issue import Issue
from tasks.formats.links import LINKED, has_links_of_xls
from tasks.formats.notes import notes_of_container
from tasks.formats.other import SAVE_AS
from tasks.formats.sheet import Layout, Range, Sheet, Texts, UnreadableError, Workbook, grid, sheet_of, workbook
from tasks.formats.values import error_text, numeric_text, shown_as
from tasks.limits import Bounds

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The first bytes of a workbook of Excel 2, 3 and 4, which is no OLE file, and of a later one without its container.
BARE = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00", b"\x09\x08\x10\x00")
_BOOKS = ("Workbook", "Book")
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_ENCRYPTED = "encrypted"  # in a message of xlrd


def read_xls(content: bytes, bounds: Bounds) -> Workbook:
    """The worksheets of an .xls or .et file (BIFF2 to BIFF8)."""
    stream, notes = _workbook_of(content) if content.startswith(OLE) else (content, ())
    try:
        book = xlrd.open_workbook(
            file_contents=stream, formatting_info=True, ragged_rows=True, logfile=io.StringIO(), on_demand=False
        )
    except xlrd.XLRDError as error:
        issue = Issue("E-FILE-03") if _ENCRYPTED in str(error) else Issue("E-FILE-01", hint="内容不完整")
        raise UnreadableError(issue) from None
    linked = (LINKED,) if has_links_of_xls(stream) else ()
    sheets = workbook([partial(_sheet, book, sheet, bounds) for sheet in book.sheets()])
    return replace(sheets, notes=(*notes, *linked))


def _workbook_of(content: bytes) -> tuple[bytes, tuple[Issue, ...]]:
    """The stream of the workbook, and what else its container brings."""
    # Looked for in the bytes, as a damaged container has no names: its sender has to take off the password first, too.
    if _ENCRYPTED_PACKAGE in content:
        raise UnreadableError(Issue("E-FILE-03"))
    with olefile.OleFileIO(io.BytesIO(content)) as container:
        for name in _BOOKS:
            if container.exists(name):
                return bytes(container.openstream(name).read()), notes_of_container(container)
    raise UnreadableError(Issue("E-FILE-11", value="其他文档（如 Word、旧版 WPS 文字）", hint=SAVE_AS))


def _sheet(book: xlrd.Book, sheet: xlrd.sheet.Sheet, bounds: Bounds) -> Sheet:
    rows, columns = sheet.rowinfo_map.items(), sheet.colinfo_map.items()
    layout = Layout(
        merged=[
            Range(top, left, end - 1, right - 1)
            for top, end, left, right in sheet.merged_cells
            # Some programs "merge" every cell with itself.
            if (end - top, right - left) != (1, 1)
        ],
        hidden_rows=[range(number, number + 1) for number, row in rows if row.hidden or row.height == 0],
        hidden_columns=[range(number, number + 1) for number, each in columns if each.hidden or each.width == 0],
    )
    texts = grid(sheet.name, _texts(book, sheet), bounds)
    return sheet_of(sheet.name, texts, layout, is_visible=sheet.visibility == 0, is_1904=bool(book.datemode))


def _texts(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> Texts:
    found: Texts = {}
    for row in range(sheet.nrows):
        for column, (kind, value) in enumerate(zip(sheet.row_types(row), sheet.row_values(row), strict=True)):
            if kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
                found[row, column] = _number(book, float(value), sheet.cell_xf_index(row, column))
            elif kind == xlrd.XL_CELL_ERROR:
                found[row, column] = error_text(value)
            elif kind == xlrd.XL_CELL_BOOLEAN:
                found[row, column] = "TRUE" if value else "FALSE"
            elif value:
                found[row, column] = value
    return found


def _number(book: xlrd.Book, value: float, style: int) -> str:
    number_format = book.format_map.get(book.xf_list[style].format_key)
    shown = shown_as(0, number_format.format_str) if number_format else "number"
    return numeric_text(value, shown, bool(book.datemode))
