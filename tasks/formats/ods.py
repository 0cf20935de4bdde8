""".ods, from its XML.

calamine leaves out errors, formulas without a value, merged and hidden cells, and takes percentages and lengths of time
for something else. All of them, and the values, stand in the same elements of content.xml (OpenDocument 1.3, part 3).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from schemas.issue import Issue
from tasks.formats.ods_cell import text_of
from tasks.formats.package import Package, attribute, children, local, parse
from tasks.formats.sheet import Range, Sheet, Texts, UnreadableError, Workbook, check_size, grid, workbook

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ENCRYPTED = b"encryption-data"
_GROUPS = frozenset({"table-row-group", "table-rows", "table-header-rows"})
_GROUPS_OF_COLUMNS = frozenset({"table-column-group", "table-columns", "table-header-columns"})
_CELLS = frozenset({"table-cell", "covered-table-cell"})
_HIDDEN = frozenset({"collapse", "filter"})
_EPOCH_1904 = "1904-01-01"


@dataclass
class _Found:
    """What was seen of a table so far."""

    texts: Texts = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    hidden_rows: list[range] = field(default_factory=list)
    hidden_columns: list[range] = field(default_factory=list)


def read_ods(package: Package) -> Workbook:
    """The tables of an .ods file. Rows and columns that are narrow rather than hidden are not told."""
    if _ENCRYPTED in package.read("META-INF/manifest.xml"):
        raise UnreadableError(Issue("E-FILE-03"))
    root = parse(package.read("content.xml"))
    invisible = _invisible_styles(root)
    bodies = [book for body in children(root, "body") for book in children(body, "spreadsheet")]
    settings = [each for book in bodies for each in book.iter() if local(each.tag) == "null-date"]
    is_1904 = any(attribute(each, "date-value") == _EPOCH_1904 for each in settings)
    tables = [table for book in bodies for table in children(book, "table")]
    return workbook([_sheet(table, invisible, is_1904) for table in tables])


def _invisible_styles(root: "Element") -> frozenset[str]:
    """The styles of tables that are not displayed."""
    return frozenset(
        attribute(style, "name")
        for styles in children(root, "automatic-styles")
        for style in children(styles, "style")
        for properties in children(style, "table-properties")
        if attribute(properties, "display") == "false"
    )


def _sheet(table: "Element", invisible: frozenset[str], is_1904: bool) -> Sheet | Issue:  # noqa: FBT001 -- of the book
    name = attribute(table, "name")
    found = _Found()
    try:
        _read_columns(table, found)
        _read_rows(table, name, found)
        rows = grid(name, found.texts)
    except UnreadableError as error:
        return error.issue
    height, width = len(rows), len(rows[0]) if rows else 0
    return Sheet(
        name,
        rows,
        is_visible=attribute(table, "style-name") not in invisible,
        merged=tuple(found.merged),
        hidden_rows=frozenset(row for span in found.hidden_rows for row in span if row < height),
        hidden_columns=frozenset(column for span in found.hidden_columns for column in span if column < width),
        is_1904=is_1904,
    )


def _read_columns(table: "Element", found: _Found) -> None:
    column = 0
    for element in _leaves(table, "table-column", _GROUPS_OF_COLUMNS):
        times = _count(element, "number-columns-repeated")
        if attribute(element, "visibility") in _HIDDEN:
            found.hidden_columns.append(range(column, column + times))
        column += times


def _read_rows(table: "Element", name: str, found: _Found) -> None:
    number = 0
    for element in _leaves(table, "table-row", _GROUPS):
        times = _count(element, "number-rows-repeated")
        if attribute(element, "visibility") in _HIDDEN:
            found.hidden_rows.append(range(number, number + times))
        texts = _read_row(element, number, name, found)
        check_size(name, len(found.texts) + times * len(texts), 1)
        found.texts |= {(row, column): texts[column] for column in texts for row in range(number, number + times)}
        number += times


def _read_row(element: "Element", number: int, name: str, found: _Found) -> dict[int, str]:
    """The texts of a row by column."""
    texts: dict[int, str] = {}
    column = 0
    for cell in element:
        if local(cell.tag) not in _CELLS:
            continue
        times = _count(cell, "number-columns-repeated")
        down, right = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if down * right > 1:
            found.merged.append(Range(number, column, number + down - 1, column + right - 1))
        if text := text_of(cell):
            check_size(name, len(texts) + times, 1)
            texts |= dict.fromkeys(range(column, column + times), text)
        column += times
    return texts


def _leaves(parent: "Element", name: str, groups: frozenset[str]) -> Iterator["Element"]:
    """The rows or columns of a table in order, those in groups too."""
    for child in parent:
        if local(child.tag) == name:
            yield child
        elif local(child.tag) in groups:
            yield from _leaves(child, name, groups)


def _count(element: "Element", name: str) -> int:
    return int(attribute(element, name) or 1)
