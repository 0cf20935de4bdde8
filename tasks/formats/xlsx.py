""".xlsx and .xlsm: values by calamine, and from the XML what calamine leaves out (see ``tasks.formats.xlsx_marks``)."""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import python_calamine

from schemas.issue import Issue
from tasks.formats.package import Package, attribute, children, parse, remembered
from tasks.formats.sheet import (
    Range,
    Row,
    Sheet,
    Texts,
    UnreadableError,
    Workbook,
    check_size,
    check_texts,
    sheet_of,
    workbook,
)
from tasks.formats.values import row_texts, shown_as
from tasks.formats.xlsx_marks import TRUE, column_number, read_marks

BOOK = "xl/workbook.xml"
_STRINGS, _STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
# calamine reserves what a file announces: more than there is memory for would end the process.
_GREAT_COUNT = re.compile(rb"ount\s*=\s*[\"']?\d{8}")
_CELLS = b"sheetData"
_ADDRESS = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]*)(\d*)[\"']")
# Where none stands among the cells, no row is below 999 and no column right of ZZ: told in a quarter of the time.
_FAR_ADDRESS = re.compile(rb"r\s*=\s*[\"'](?:[A-Za-z]{3}|[A-Za-z]*\d{4})")


@dataclass(frozen=True)
class _Book:
    """What the workbook says of its sheets: the reference of each by its name, and how their cells are meant."""

    references: Mapping[str, str]
    is_1904: bool
    is_uncomputed: bool


@dataclass(frozen=True)
class _Parts:
    """What the sheets are read from; ``names`` has the part of each by the reference of the workbook."""

    package: Package
    book: _Book
    names: Mapping[str, str]
    percents: frozenset[int]


def read_xlsx(content: bytes, package: Package) -> Workbook:
    """The worksheets of an .xlsx or .xlsm file.

    A value 0 of a formula counts as none when the workbook asks to be computed on opening: programs that cannot compute
    write it.
    """
    if _GREAT_COUNT.search(package.read(_STRINGS)) or _GREAT_COUNT.search(styles := package.read(_STYLES)):
        raise UnreadableError(Issue("E-FILE-01", hint="内容无法解析"))
    book = _book(package.read(BOOK))
    parts = _Parts(package, book, package.related(BOOK), _percents(styles))
    with python_calamine.load_workbook(io.BytesIO(content)) as source:
        return workbook(
            [partial(_sheet, source, meta, parts) for meta in source.sheets_metadata if _is_worksheet(meta)]
        )


@remembered
def _book(xml: bytes) -> _Book:
    root = parse(xml)
    properties = children(root, "workbookPr")
    computing = children(root, "calcPr")
    return _Book(
        references={
            attribute(sheet, "name"): attribute(sheet, "id")
            for sheets in children(root, "sheets")
            for sheet in children(sheets, "sheet")
        },
        is_1904=any(each.get("date1904") in TRUE for each in properties),
        is_uncomputed=any(each.get("fullCalcOnLoad") in TRUE for each in computing),
    )


@remembered
def _percents(xml: bytes) -> frozenset[int]:
    """The cell styles that show a number as a percentage."""
    if not xml:
        return frozenset()
    root = parse(xml)
    codes = {each.get("numFmtId"): each.get("formatCode") for group in children(root, "numFmts") for each in group}
    formats = [each.get("numFmtId", "0") for group in children(root, "cellXfs") for each in group]
    return frozenset(
        place
        for place, number in enumerate(formats)
        if number.isdecimal() and shown_as(int(number), codes.get(number)) == "percent"
    )


def _is_worksheet(meta: python_calamine.SheetMetadata) -> bool:
    return meta.typ == python_calamine.SheetTypeEnum.WorkSheet


def _sheet(source: python_calamine.CalamineWorkbook, meta: python_calamine.SheetMetadata, parts: _Parts) -> Sheet:
    xml = parts.package.read(parts.names.get(parts.book.references.get(meta.name, ""), ""))
    if not xml or _GREAT_COUNT.search(xml):
        raise UnreadableError(Issue("E-FILE-01", sheet=meta.name, hint=f"工作表「{meta.name}」无法解析"))
    if _FAR_ADDRESS.search(xml, max(xml.find(_CELLS), 0)):
        check_size(meta.name, *_extent(xml), parts.package.bounds)
    texts, layout = read_marks(xml, parts.percents, parts.book.is_uncomputed)
    sheet = source.get_sheet_by_name(meta.name)
    rows = [row_texts(row) for row in sheet.to_python(skip_empty_area=False)]
    check_texts(meta.name, rows, parts.package.bounds)
    layout.merged.extend(Range(*first, *last) for first, last in sheet.merged_cell_ranges or ())
    is_visible = meta.visible == python_calamine.SheetVisibleEnum.Visible
    return sheet_of(meta.name, _with(rows, texts), layout, is_visible=is_visible, is_1904=parts.book.is_1904)


def _extent(xml: bytes) -> tuple[int, int]:
    """The lowest row and the rightmost column that the sheet names, both from 1."""
    addresses = set(_ADDRESS.findall(xml))
    height = max((int(number) for number in {number for _, number in addresses} if number), default=0)
    return height, max(
        (column_number(letters.decode()) + 1 for letters in {letters for letters, _ in addresses} if letters), default=0
    )


def _with(rows: list[Row], texts: Texts) -> list[Row]:
    """The rows, and those texts in their places."""
    if not texts:
        return rows
    width = max([len(rows[0]) if rows else 0, *(column + 1 for _, column in texts)])
    height = max([len(rows), *(row + 1 for row, _ in texts)])
    wide = [row + [None] * (width - len(row)) for row in rows] + [[None] * width for _ in range(height - len(rows))]
    for (row, column), text in texts.items():
        wide[row][column] = text
    return wide
