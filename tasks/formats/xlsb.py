""".xlsb, from its records.

calamine leaves out errors, percentages, merged and hidden cells, drops the short forms of cells without a word, and can
end the process on a broken file. All of them, and the values, stand in the same records.
"""

from dataclasses import dataclass, field
from functools import partial

from tasks.formats.biff12 import CELLS, SHORT_CELLS, integer, records, text
from tasks.formats.package import Package
from tasks.formats.sheet import Layout, Range, Sheet, Texts, Workbook, grid, sheet_of, workbook
from tasks.formats.values import Shown, numeric_text, shown_as
from tasks.limits import Bounds

BOOK = "xl/workbook.bin"
# Numbers of records, [MS-XLSB] 2.3.
_ROW, _STRING, _FORMAT, _STYLE, _COLUMNS, _PROPERTIES, _SHEET, _MERGED = 0, 19, 44, 47, 60, 153, 156, 176
_BEGIN_DATA, _END_DATA, _BEGIN_STYLES, _END_STYLES = 145, 146, 617, 618
_WORKSHEETS = "worksheets/"


@dataclass(frozen=True)
class _Book:
    """What the parts beside the sheets say: strings, and what each cell style makes of a number."""

    strings: list[str]
    styles: list[Shown]
    is_1904: bool
    bounds: Bounds


@dataclass
class _Found:
    """What was seen of a sheet so far; ``row`` and ``column`` are those of the last cell."""

    texts: Texts = field(default_factory=dict)
    layout: Layout = field(default_factory=Layout)
    row: int = -1
    column: int = -1


def read_xlsb(package: Package) -> Workbook:
    """The worksheets of an .xlsb file. Every formula in it has a result."""
    parts = package.related(BOOK)
    about = list(records(package.read(BOOK)))
    is_1904 = any(integer(body, 0) & 1 for kind, body in about if kind == _PROPERTIES)
    strings = [text(body, 1)[0] for kind, body in records(package.read("xl/sharedStrings.bin")) if kind == _STRING]
    book = _Book(strings, _styles(package.read("xl/styles.bin")), is_1904, package.bounds)
    sheets = []
    for body in [body for kind, body in about if kind == _SHEET]:
        reference, after = text(body, 8)
        part = parts[reference]
        if _WORKSHEETS in part:
            name, is_visible = text(body, after)[0], integer(body, 0) == 0
            sheets.append(partial(_sheet, name, is_visible, package.read(part), book))
    return workbook(sheets)


def _styles(part: bytes) -> list[Shown]:
    codes: dict[int, str] = {}
    styles: list[Shown] = []
    is_of_cells = False
    for kind, body in records(part):
        if kind == _FORMAT:
            codes[integer(body, 0, 2)] = text(body, 2)[0]
        elif kind in (_BEGIN_STYLES, _END_STYLES):
            is_of_cells = kind == _BEGIN_STYLES
        elif kind == _STYLE and is_of_cells:
            number = integer(body, 2, 2)
            styles.append(shown_as(number, codes.get(number)))
    return styles


def _sheet(name: str, is_visible: bool, part: bytes, book: _Book) -> Sheet:  # noqa: FBT001 -- of the sheet
    found = _Found()
    is_data = False
    for kind, body in records(part):
        if kind in (_BEGIN_DATA, _END_DATA):
            is_data = kind == _BEGIN_DATA
        elif is_data and kind == _ROW:
            _read_row(body, found)
        elif is_data and (kind in CELLS or kind in SHORT_CELLS):
            _read_cell(kind, body, book, found)
        elif kind == _COLUMNS:
            _read_columns(body, found)
        elif kind == _MERGED:
            _read_merged(body, found)
    return sheet_of(
        name, grid(name, found.texts, book.bounds), found.layout, is_visible=is_visible, is_1904=book.is_1904
    )


def _read_row(body: bytes, found: _Found) -> None:
    found.row, found.column = integer(body, 0), -1
    if body[11] & 0x10 or not integer(body, 8, 2):
        found.layout.hidden_rows.append(range(found.row, found.row + 1))


def _read_columns(body: bytes, found: _Found) -> None:
    if body[16] & 1 or not integer(body, 8):
        found.layout.hidden_columns.append(range(integer(body, 0), integer(body, 4) + 1))


def _read_merged(body: bytes, found: _Found) -> None:
    top, bottom, left, right = (integer(body, place) for place in (0, 4, 8, 12))
    found.layout.merged.append(Range(top, left, bottom, right))


def _read_cell(kind: int, body: bytes, book: _Book, found: _Found) -> None:
    """A cell stands in the column that it names, or, in the short form, right of the one before."""
    if kind in CELLS:
        found.column, style, value = integer(body, 0), integer(body, 4, 3), CELLS[kind](body[8:], book.strings)
    else:
        found.column += 1
        style, value = integer(body, 0, 3), SHORT_CELLS[kind](body[4:], book.strings)
    if isinstance(value, float):
        shown = book.styles[style] if style < len(book.styles) else "number"
        value = numeric_text(value, shown, book.is_1904)
    if value:
        found.texts[found.row, found.column] = value
