"""What calamine leaves out of a sheet of an .xlsx: errors, formulas without a value, percentages, what is hidden.

These are looked for in the bytes first; the XML is parsed only when there is something to find.
"""

import functools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tasks.formats.package import children, parse
from tasks.formats.sheet import Layout, Texts
from tasks.formats.values import percent_text

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

TRUE = frozenset({"1", "true", "on"})
# Plain words are found ten times as fast as one pattern; what they find needlessly is merely parsed. Where none of the
# parts stands, none of the words does.
_PARTS = (b"<f", b":f", b't="e"', b"hidden=", b' ht="0', b' width="0', b"'")
_WORTH_PARSING = (
    *(b"<f>", b"<f ", b"<f/", b":f>", b":f ", b":f/"),
    *(b't="e"', b"t='e'", b'hidden="1', b'hidden="t', b"hidden='1", b"hidden='t"),
    *(b' ht="0', b" ht='0", b' width="0', b" width='0"),
)
_STYLE = re.compile(rb"\bs=[\"'](\d+)[\"']")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_MOST_CELLS_OF_AN_ARRAY = 2_000_000
_DIGITS = "0123456789"


@dataclass(frozen=True)
class _Reader:
    """What the cells of a sheet are read with: the names of its elements, and what is known of the workbook."""

    namespace: str
    percents: frozenset[int]
    is_uncomputed: bool
    shared: dict[str, str] = field(default_factory=dict)

    def texts(self, row: "Element", number: int) -> Texts:
        """The texts of the cells of a row that calamine gives otherwise."""
        found: Texts = {}
        column = -1
        for cell in row:
            address = cell.get("r")
            column = column_number(address.rstrip(_DIGITS)) if address else column + 1
            value = cell.findtext(f"{self.namespace}v")
            formula = cell.find(f"{self.namespace}f")
            text = self._formula(cell, formula, value) if formula is not None else None
            if formula is not None and text:
                found.update(dict.fromkeys([(number, column), *_area(formula)], text))
            elif value and (text := self._value(cell, value)):
                found[number, column] = text
        return found

    def _formula(self, cell: "Element", formula: "Element", value: str | None) -> str | None:
        """The formula of a cell without a value; of those that share one, the first."""
        group = formula.get("si", "")
        text = formula.text or self.shared.get(group, "")
        if group:
            self.shared.setdefault(group, text)
        kind = cell.get("t", "n")
        # An empty text is a value, and Excel says so by the type.
        has_value = bool(value) or kind == "str"
        return None if has_value and not (self.is_uncomputed and value == "0" and kind == "n") else f"={text}"

    def _value(self, cell: "Element", value: str) -> str | None:
        kind = cell.get("t", "n")
        if kind == "n" and self.percents and int(cell.get("s", 0)) in self.percents:
            return percent_text(float(value))
        return value if kind == "e" else None


def read_marks(xml: bytes, percents: frozenset[int], is_uncomputed: bool) -> tuple[Texts, Layout]:  # noqa: FBT001
    """The texts of cells that calamine gives otherwise, and what is hidden.

    ``percents`` are the cell styles that show percentages; for ``is_uncomputed`` see ``read_xlsx``.
    """
    texts: Texts = {}
    layout = Layout()
    styled = percents and any(int(style) in percents for style in set(_STYLE.findall(xml)))
    if not (styled or _is_worth_parsing(xml)):
        return texts, layout
    root = parse(xml)
    for column in (column for group in children(root, "cols") for column in group):
        if _is_hidden(column, "width"):
            layout.hidden_columns.append(range(int(column.get("min", 1)) - 1, int(column.get("max", 1))))
    reader = _Reader(root.tag.removesuffix("worksheet"), percents, is_uncomputed)
    number = -1
    for row in (row for data in children(root, "sheetData") for row in data):
        number = int(row.get("r", number + 2)) - 1
        if _is_hidden(row, "ht"):
            layout.hidden_rows.append(range(number, number + 1))
        texts |= reader.texts(row, number)
    return texts, layout


def _is_worth_parsing(xml: bytes) -> bool:
    has_parts = any(part in xml for part in _PARTS)
    return (has_parts and any(word in xml for word in _WORTH_PARSING)) or xml.startswith(_UTF16)


def _is_hidden(element: "Element", size: str) -> bool:
    return element.get("hidden") in TRUE or float(element.get(size, 1)) == 0


@functools.lru_cache(maxsize=1_024)
def column_number(letters: str) -> int:
    """The place of a column from 0; what is none is a ``ValueError``."""
    if not (letters.isascii() and letters.isalpha()):
        raise ValueError(letters)
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _area(formula: "Element") -> list[tuple[int, int]]:
    """The cells of an array formula, as B3:C4; none when they are more than a sheet may have."""
    if formula.get("t") != "array":
        return []
    first, _, last = formula.get("ref", "").partition(":")
    (top, left), (bottom, right) = _place(first), _place(last or first)
    if (bottom - top + 1) * (right - left + 1) > _MOST_CELLS_OF_AN_ARRAY:
        return []
    return [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]


def _place(address: str) -> tuple[int, int]:
    letters = address.rstrip(_DIGITS)
    return int(address[len(letters) :]) - 1, column_number(letters)
