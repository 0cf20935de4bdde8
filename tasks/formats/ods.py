""".ods, from its XML.

calamine leaves out errors, formulas without a value, merged and hidden cells, and takes percentages and lengths of time
for something else. All of them, and the values, stand in the same elements of content.xml (OpenDocument 1.3, part 3).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from schemas.issue import Issue
from tasks.formats.links import LINKED, has_links_of_ods
from tasks.formats.ods_cell import OFFICE, STYLE, TABLE, text_of
from tasks.formats.package import Package, parse
from tasks.formats.sheet import (
    Layout,
    Range,
    Sheet,
    Texts,
    UnreadableError,
    Workbook,
    check_size,
    grid,
    sheet_of,
    workbook,
)
from tasks.limits import Bounds

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ENCRYPTED = b"encryption-data"
_ROW, _COLUMN = f"{TABLE}table-row", f"{TABLE}table-column"
_GROUPS = frozenset(f"{TABLE}table-{name}" for name in ("row-group", "rows", "header-rows"))
_GROUPS_OF_COLUMNS = frozenset(f"{TABLE}table-{name}" for name in ("column-group", "columns", "header-columns"))
_CELLS = frozenset({f"{TABLE}table-cell", f"{TABLE}covered-table-cell"})
_HIDDEN = frozenset({"collapse", "filter"})
_EPOCH_1904 = "1904-01-01"


@dataclass
class _Found:
    """What was seen of a table so far."""

    name: str
    bounds: Bounds
    texts: Texts = field(default_factory=dict)
    layout: Layout = field(default_factory=Layout)


def read_ods(package: Package) -> Workbook:
    """The tables of an .ods file. Rows and columns that are narrow rather than hidden are not told."""
    if _ENCRYPTED in package.read("META-INF/manifest.xml"):
        raise UnreadableError(Issue("E-FILE-03"))
    root = parse(package.read("content.xml"))
    body = f"{OFFICE}body/{OFFICE}spreadsheet"
    epochs = root.iterfind(f"{body}/{TABLE}calculation-settings/{TABLE}null-date")
    is_1904 = any(each.get(f"{TABLE}date-value") == _EPOCH_1904 for each in epochs)
    invisible = frozenset(
        style.get(f"{STYLE}name")
        for style in root.iterfind(f"{OFFICE}automatic-styles/{STYLE}style")
        if (properties := style.find(f"{STYLE}table-properties")) is not None
        and properties.get(f"{TABLE}display") == "false"
    )
    book = workbook(
        [
            partial(_sheet, table, table.get(f"{TABLE}style-name") not in invisible, is_1904, package.bounds)
            for table in root.iterfind(f"{body}/{TABLE}table")
        ]
    )
    return replace(book, notes=(LINKED,) if has_links_of_ods(root) else ())


def _sheet(table: "Element", is_visible: bool, is_1904: bool, bounds: Bounds) -> Sheet:  # noqa: FBT001 -- of the sheet, of the book
    found = _Found(table.get(f"{TABLE}name", ""), bounds)
    _read_columns(table, found)
    _read_rows(table, found)
    rows = grid(found.name, found.texts, bounds)
    return sheet_of(found.name, rows, found.layout, is_visible=is_visible, is_1904=is_1904)


def _read_columns(table: "Element", found: _Found) -> None:
    column = 0
    for element in _leaves(table, _COLUMN, _GROUPS_OF_COLUMNS):
        times = _count(element, "number-columns-repeated")
        if element.get(f"{TABLE}visibility") in _HIDDEN:
            found.layout.hidden_columns.append(range(column, column + times))
        column += times


def _read_rows(table: "Element", found: _Found) -> None:
    number = 0
    for element in _leaves(table, _ROW, _GROUPS):
        times = _count(element, "number-rows-repeated")
        if element.get(f"{TABLE}visibility") in _HIDDEN:
            found.layout.hidden_rows.append(range(number, number + times))
        if texts := _read_row(element, number, found):
            check_size(found.name, len(found.texts) + times * len(texts), 1, found.bounds)
            found.texts |= {(row, column): texts[column] for column in texts for row in range(number, number + times)}
        number += times


def _read_row(element: "Element", number: int, found: _Found) -> dict[int, str]:
    """The texts of a row by column."""
    texts: dict[int, str] = {}
    column = 0
    for cell in element:
        if cell.tag not in _CELLS:
            continue
        times = _count(cell, "number-columns-repeated")
        down, right = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if down * right > 1:
            found.layout.merged.append(Range(number, column, number + down - 1, column + right - 1))
        if text := text_of(cell):
            check_size(found.name, len(texts) + times, 1, found.bounds)
            texts |= dict.fromkeys(range(column, column + times), text)
        column += times
    return texts


def _leaves(parent: "Element", name: str, groups: frozenset[str]) -> Iterator["Element"]:
    """The rows or columns of a table in order, those in groups too."""
    for child in parent:
        if child.tag == name:
            yield child
        elif child.tag in groups:
            yield from _leaves(child, name, groups)


def _count(element: "Element", name: str) -> int:
    return int(element.get(TABLE + name, 1))
