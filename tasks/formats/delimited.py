"""Delimited text: which delimiter, and its rows; see ``tasks.formats.encoding`` for which encoding."""

import contextlib
import csv
import io
import itertools
import re
from collections import Counter
from typing import TYPE_CHECKING

from schemas.issue import Issue
from tasks.formats.encoding import decode
from tasks.formats.sheet import Row, Sheet, UnreadableError, Workbook, check_size, check_texts
from tasks.limits import Bounds

if TYPE_CHECKING:
    from _csv import Reader

_DELIMITERS = {",": "逗号", "\t": "制表符", ";": "分号", "|": "竖线"}
_SAYS_DELIMITER = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
# What programs write so that Excel leaves the digits alone.
_QUOTED_FORMULA = re.compile(r'="([^"]*)"')
_LINES_TO_COMPARE = 200


def read_delimited(content: bytes, bounds: Bounds) -> Workbook:
    """The one sheet of a text of cells delimited by commas, tabs, semicolons or bars, quoted as RFC 4180 says.

    A first line ``sep=;`` names the delimiter and is no row, as in Excel.
    """
    text = decode(content)
    said = _SAYS_DELIMITER.match(text)
    body = text[said.end() :] if said else text
    rows = _rows(body, said[1] if said else _delimiter(body))
    check_size("csv", sum(map(len, rows)), 1, bounds)
    check_texts("csv", rows, bounds)
    return Workbook((Sheet("csv", rows),), is_text=True)


def _delimiter(text: str) -> str:
    """The one that cuts the most lines into the same number of cells, and into more of them."""
    ranks = {delimiter: _rank(text, delimiter) for delimiter in _DELIMITERS}
    best = max(ranks.values())
    chosen = [delimiter for delimiter, rank in ranks.items() if rank == best]
    if len(chosen) > 1 and best > (0, 0):
        raise UnreadableError(Issue("E-FILE-13", hint="或".join(_DELIMITERS[each] for each in chosen)))
    return chosen[0]


def _rank(text: str, delimiter: str) -> tuple[int, int]:
    widths: Counter[int] = Counter()
    # What follows damage says nothing; _rows reports it.
    with contextlib.suppress(csv.Error):
        widths.update(len(row) for row in itertools.islice(_reader(text, delimiter), _LINES_TO_COMPARE))
    return max(((lines, width) for width, lines in widths.items() if width > 1), default=(0, 0))


def _rows(text: str, delimiter: str) -> list[Row]:
    reader = _reader(text, delimiter)
    rows: list[Row] = []
    try:
        rows.extend([_cell(cell) for cell in row] for row in reader)
    except csv.Error:
        raise UnreadableError(Issue("E-FILE-14", sheet="csv", row=reader.line_num)) from None
    return rows


def _reader(text: str, delimiter: str) -> "Reader":
    # Strict: a quote that is never closed would swallow the rows below it.
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _cell(text: str) -> str | None:
    match = _QUOTED_FORMULA.fullmatch(text) if text.startswith("=") else None
    return (match[1] if match else text) or None
