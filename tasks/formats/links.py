"""Links to other files in the formats that do not keep them in parts of their own; nothing of them is ever fetched."""

import re
import struct
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from schemas.issue import Issue
from tasks.formats.ods_cell import OFFICE, TABLE

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LINKED = Issue("I-FILE-20")
# A sheet, cells, and a value of another program that are taken from elsewhere (OpenDocument 1.3, part 3).
_HREF = "{http://www.w3.org/1999/xlink}href"
_SOURCES = (f"{TABLE}table-source", f"{TABLE}cell-range-source")
_LIVE = f"{OFFICE}dde-source"
_FORMULA = f"{TABLE}formula"
# A reference to a sheet of another file: ['file:///甲.ods'#$A.A1].
_OUT = re.compile(r"\['[^\]]*'#")
# [MS-XLS] 2.4.271: a workbook that formulas refer to. Of the two lengths of its name one is this workbook itself, the
# other its add-ins; of the two names one is this sheet, the other nothing.
_RECORD = struct.Struct("<HH")
_END, _BOOK = 0x000A, 0x01AE
_OWN_LENGTHS = frozenset({0x0401, 0x3A01})
_OWN_NAMES = frozenset({"\0", " "})


def has_links_of_ods(root: "Element") -> bool:
    """Whether the content of an .ods refers to another file; a link that somebody may click is none."""
    sources = chain.from_iterable(root.iter(name) for name in _SOURCES)
    if any(not each.get(_HREF, "#").startswith("#") for each in sources):
        return True
    cells = root.iter(f"{TABLE}table-cell")
    return next(root.iter(_LIVE), None) is not None or any(_OUT.search(cell.get(_FORMULA, "")) for cell in cells)


def has_links_of_xls(stream: bytes) -> bool:
    """Whether the workbook of an .xls of Excel 97 or later refers to another file or program."""
    return any(kind == _BOOK and _is_other(body) for kind, body in _globals(stream))


def _globals(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """The records before the sheets."""
    place, kind = 0, 0
    while kind != _END and place + _RECORD.size <= len(stream):
        kind, length = _RECORD.unpack_from(stream, place)
        place += _RECORD.size + length
        yield kind, stream[place - length : place]


def _is_other(body: bytes) -> bool:
    length = int.from_bytes(body[2:4], "little")
    # The lowest bit says whether a character has two bytes.
    is_wide = bool(body[4:5]) and body[4] & 1
    name = (
        body[5 : 5 + length * 2].decode("utf-16-le", "replace") if is_wide else body[5 : 5 + length].decode("latin-1")
    )
    return length not in _OWN_LENGTHS and name not in _OWN_NAMES
