"""The workbook that is marked: the sender's own where it is an .xlsx, else a new one of the same cells."""

import logging
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO

from openpyxl import Workbook as Book
from openpyxl import load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from tasks.formats import xlsx
from tasks.formats.package import Package
from tasks.formats.sheet import Range
from tasks.limits import Bounds
from tasks.returned.own import without_lists
from tasks.workbook import Sheet, Workbook, open_workbook

# What takes openpyxl seconds to copy; the list goes back without the sheets then.
MOST_CELLS = 300_000
_ZIP = b"PK\x03\x04"
_MACROS = "xl/vbaproject.bin"
_NOT_IN_NAMES = re.compile(r"[\\*?:/\[\]\x00-\x1f]")
_LONGEST_NAME = 31
_WIDEST = 40
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Copy:
    """A workbook to be marked, the sheets that were read of it, and what each is called in it."""

    book: Book
    sheets: tuple[Sheet, ...]
    names: Mapping[str, str]
    is_own: bool = False
    has_macros: bool = False


def empty_copy() -> Copy:
    """A workbook for the list alone."""
    return Copy(_empty(), (), {})


def copy_of(content: bytes, bounds: Bounds) -> Copy:
    """A copy of the sender's workbook; of what cannot be copied an empty one. Macros are kept and never run."""
    read = without_lists(open_workbook(content, bounds))
    if sum(len(row) for sheet in read.sheets for row in sheet.rows) > MOST_CELLS:
        return empty_copy()
    return _own(content, read, bounds) or _same_cells(read)


def _own(content: bytes, read: Workbook, bounds: Bounds) -> Copy | None:
    """The sender's own workbook; None where it is none, or where openpyxl asks for more than our reader does."""
    if not content.startswith(_ZIP) or read.issues or xlsx.BOOK not in (parts := Package(content, bounds).names):
        return None
    has_macros = _MACROS in parts
    try:
        with warnings.catch_warnings(action="ignore"):
            book = load_workbook(BytesIO(content), keep_vba=has_macros, rich_text=True)
    except Exception as error:  # noqa: BLE001 -- it raises what it stumbles over; the same cells are written anew then
        _log.warning("openpyxl cannot open a workbook that was read: %s", type(error).__name__)
        return None
    names = {sheet.title: sheet.title for sheet in book.worksheets}
    return Copy(book, read.sheets, names, is_own=True, has_macros=has_macros)


def _same_cells(read: Workbook) -> Copy:
    """A new workbook in which every cell holds the text that was read."""
    book = _empty()
    if any(sheet.is_1904 for sheet in read.sheets):
        book.epoch = CALENDAR_MAC_1904
    names = dict(_free_names(read))
    for sheet in read.sheets:
        _fill(book.create_sheet(names[sheet.name]), sheet)
    return Copy(book, read.sheets, names)


def _empty() -> Book:
    book = Book()
    del book[book.sheetnames[0]]
    return book


def _free_names(read: Workbook) -> Iterator[tuple[str, str]]:
    """Of each sheet a name that Excel takes: it has its bounds, and does not tell large letters from small."""
    taken: set[str] = set()
    for sheet in read.sheets:
        stem = _NOT_IN_NAMES.sub("_", sheet.name).strip("'")[:_LONGEST_NAME] or "表"
        name = free_name(stem, taken)
        taken.add(name.casefold())
        yield sheet.name, name


def free_name(stem: str, taken: set[str]) -> str:
    """The name, or with a number behind it, such that it is not among those taken (in small letters)."""
    tries = (stem, *(f"{stem[: _LONGEST_NAME - 4]}({number})" for number in range(2, 99)))
    return next(each for each in tries if each.casefold() not in taken)


def _fill(into: Worksheet, sheet: Sheet) -> None:
    for number, row in enumerate(sheet.rows, 1):
        for place, text in enumerate(row, 1):
            if text:
                put_text(cell_at(into, number, place), text)
    for merged in _without_overlaps(sheet):
        into.merged_cells.add(CellRange(None, merged.left + 1, merged.top + 1, merged.right + 1, merged.bottom + 1))
    for number in sheet.hidden_rows:
        into.row_dimensions[number + 1].hidden = True
    for place in range(max(map(len, sheet.rows), default=0)):
        column = into.column_dimensions[get_column_letter(place + 1)]
        column.width = _width(sheet, place)
        column.hidden = place in sheet.hidden_columns
    into.sheet_state = "visible" if sheet.is_visible else "hidden"


def cell_at(sheet: Worksheet, row: int, column: int) -> Cell:
    """A cell that is not hidden in merged ones."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    return cell


def put_text(cell: Cell, text: str) -> None:
    """Write a text as a text, whatever it begins with: it is no formula, and becomes none when somebody edits it."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = text.startswith(("=", "+", "-", "@", "\t", "\r"))


def _without_overlaps(sheet: Sheet) -> list[Range]:
    """The merged cells; of two that share a cell the first, since Excel refuses a workbook with both."""
    kept: list[Range] = []
    for each in sheet.merged:
        if not any(
            each.top <= other.bottom
            and other.top <= each.bottom
            and each.left <= other.right
            and other.left <= each.right
            for other in kept
        ):
            kept.append(each)
    return kept


def _width(sheet: Sheet, place: int) -> float:
    """The width of a column, in digits, such that most of its texts can be read: a Chinese character takes two."""
    texts = [row[place] or "" for row in sheet.rows if place < len(row) and sum(map(bool, row)) > 1]
    return min(max((sum(1 if each.isascii() else 2 for each in text) for text in texts), default=8) + 2, _WIDEST)
