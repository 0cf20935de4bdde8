"""What calamine leaves out of a sheet of an .xlsx: errors, formulas without a value, percentages, what is hidden.

These are looked for in the bytes first; the XML is parsed only when there is something to find.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from defusedxml import ElementTree

from tasks.formats.package import children, local
from tasks.formats.sheet import MOST_CELLS, Texts
from tasks.formats.values import percent_text

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

TRUE = frozenset({"1", "true", "on"})
_WORTH_PARSING = re.compile(
    rb"""<(?:\w+:)?f[\s/>] | \bt=["']e["'] | \bhidden=["'](?:1|t|on) | \b(?:ht|width)=["'][0.]+["']""", re.VERBOSE
)
_STYLE = re.compile(rb"\bs=[\"'](\d+)[\"']")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_LAST_COLUMN = 16_384
_ADDRESS = re.compile(r"([A-Z]{1,3})(\d{1,7})")


@dataclass(frozen=True)
class Marks:
    """Texts of cells that calamine gives otherwise, and what is hidden; rows and columns are 0-based."""

    texts: Texts = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


@dataclass(frozen=True)
class _Cell:
    row: int
    column: int
    element: "Element"

    @property
    def type(self) -> str:
        return self.element.get("t", "n")

    @property
    def value(self) -> str | None:
        return next((each.text for each in children(self.element, "v")), None)


def read_marks(xml: bytes, percents: frozenset[int], is_uncomputed: bool) -> Marks:  # noqa: FBT001 -- of the workbook
    """The marks of a sheet; ``percents`` are the styles that show percentages, ``is_uncomputed`` see ``read_xlsx``."""
    styled = percents and any(int(style) in percents for style in set(_STYLE.findall(xml)))
    if not (styled or _WORTH_PARSING.search(xml) or xml.startswith(_UTF16)):
        return Marks()
    texts: Texts = {}
    hidden_rows: set[int] = set()
    hidden_columns: set[int] = set()
    shared: dict[str, str] = {}
    for element, number in _rows_and_columns(xml):
        if local(element.tag) == "col":
            hidden_columns.update(_hidden_columns(element))
            continue
        if _is_hidden(element, "ht"):
            hidden_rows.add(number)
        for cell in _cells(element, number):
            texts.update(_formula(cell, shared, is_uncomputed) or _value(cell, percents))
    return Marks(texts, frozenset(hidden_rows), frozenset(hidden_columns))


def _rows_and_columns(xml: bytes) -> Iterator[tuple["Element", int]]:
    """Each ``col`` and each ``row`` with its number from 0; a row without one follows the one before."""
    number = -1
    for _, element in ElementTree.iterparse(io.BytesIO(xml), forbid_dtd=True):
        if local(element.tag) == "row":
            number = int(element.get("r", number + 2)) - 1
            yield element, number
            element.clear()
        elif local(element.tag) == "col":
            yield element, number


def _hidden_columns(element: "Element") -> range:
    if not _is_hidden(element, "width"):
        return range(0)
    return range(int(element.get("min", 1)) - 1, min(int(element.get("max", 1)), _LAST_COLUMN))


def _is_hidden(element: "Element", size: str) -> bool:
    return element.get("hidden") in TRUE or float(element.get(size, 1)) == 0


def _cells(row: "Element", number: int) -> Iterator[_Cell]:
    column = -1
    for element in row:
        address = element.get("r")
        column = _place(address)[1] if address else column + 1
        yield _Cell(number, column, element)


def _place(address: str) -> tuple[int, int]:
    """B3 as row 2 and column 1. What is no address is a ``ValueError``."""
    match = _ADDRESS.fullmatch(address)
    if not match:
        raise ValueError(address)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def _area(addresses: str) -> list[tuple[int, int]]:
    """The cells of B3:C4; none when they are more than a sheet may have."""
    first, _, last = addresses.partition(":")
    (top, left), (bottom, right) = _place(first), _place(last or first)
    if (bottom - top + 1) * (right - left + 1) > MOST_CELLS:
        return []
    return [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]


def _value(cell: _Cell, percents: frozenset[int]) -> Texts:
    value = cell.value
    if value and cell.type == "e":
        return {(cell.row, cell.column): value}
    if value and cell.type == "n" and int(cell.element.get("s", 0)) in percents:
        return {(cell.row, cell.column): percent_text(float(value))}
    return {}


def _formula(cell: _Cell, shared: dict[str, str], is_uncomputed: bool) -> Texts:  # noqa: FBT001 -- of the workbook
    """The formula of a cell without a value; of an array formula in each of its cells, of a shared one the first."""
    formula = next(iter(children(cell.element, "f")), None)
    if formula is None:
        return {}
    group = formula.get("si", "")
    text = formula.text or shared.get(group, "")
    shared.setdefault(group, text)
    value = cell.value
    if value and not (is_uncomputed and value == "0" and cell.type == "n"):
        return {}
    # An empty text is a value, and Excel says so by the type.
    if not value and cell.type == "str":
        return {}
    area = _area(formula.get("ref", "")) if formula.get("t") == "array" else []
    return dict.fromkeys([(cell.row, cell.column), *area], f"={text}")
