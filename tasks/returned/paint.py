"""Marks into a workbook: the cell filled, and a comment that says what is wrong and what to do."""

import math
from collections.abc import Iterable, Iterator, Sequence

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from tasks.returned.book import Copy, cell_at
from tasks.returned.heads import Place
from tasks.returned.remark import Mark

AUTHOR = "汇总"
_BEGINNING = f"【{AUTHOR}】"
_COLOURS = {"error": "FFFFC7CE", "warning": "FFFFEB9C"}
_MOST_SENTENCES = 8
# A comment in pixels: so wide that a sentence takes few lines, as high as its lines.
_WIDTH, _LINE, _MARGIN, _HIGHEST = 300, 17, 14, 420
_CHARACTERS_A_LINE = 23


def paint(copy: Copy, marks: Iterable[Mark]) -> None:
    """Mark the cells, and take away what an earlier return of the same workbook marked."""
    for each in copy.book.worksheets:
        _clean(each)
    for place, said in _by_anchor(copy, marks).items():
        _mark(cell_at(copy.book[place.sheet], place.row, place.column), said)


def _by_anchor(copy: Copy, marks: Iterable[Mark]) -> dict[Place, list[Mark]]:
    """The marks by the cell that takes them: that of merged cells is their first."""
    anchors = {sheet.title: dict(_anchors(sheet)) for sheet in copy.book.worksheets}
    found: dict[Place, list[Mark]] = {}
    for mark in marks:
        title = copy.names[mark.place.sheet]
        spot = mark.place.row, mark.place.column
        row, column = next((first for area, first in anchors[title].items() if _is_in(spot, area)), spot)
        found.setdefault(Place(title, row, column), []).append(mark)
    return found


def _anchors(sheet: Worksheet) -> Iterator[tuple[tuple[int, int, int, int], tuple[int, int]]]:
    for area in sheet.merged_cells.ranges:
        yield (area.min_row, area.min_col, area.max_row, area.max_col), (area.min_row, area.min_col)


def _is_in(spot: tuple[int, int], area: tuple[int, int, int, int]) -> bool:
    return area[0] <= spot[0] <= area[2] and area[1] <= spot[1] <= area[3]


def _mark(cell: Cell, said: Sequence[Mark]) -> None:
    colour = _COLOURS["error" if any(mark.severity == "error" for mark in said) else "warning"]
    cell.fill = PatternFill("solid", fgColor=colour, bgColor=colour)
    sentences = [sentence for mark in said for sentence in mark.sentences]
    shown = [*sentences[:_MOST_SENTENCES]]
    if len(sentences) > len(shown):
        shown.append(f"另有 {len(sentences) - len(shown)} 条，见问题清单")
    ours = "\n".join((_BEGINNING, *shown))
    theirs = cell.comment
    _comment(cell, f"{theirs.text}\n\n{ours}" if theirs else ours, (theirs and theirs.author) or AUTHOR)


def _clean(sheet: Worksheet) -> None:
    """Take away our marks of an earlier return; what a sender wrote into a comment stays."""
    for cell, comment in [(cell, cell.comment) for row in sheet.iter_rows() for cell in row if cell.comment]:
        theirs, beginning, _ = comment.text.partition(_BEGINNING)
        if beginning:
            cell.comment = None
            if theirs.strip():
                _comment(cell, theirs.strip(), comment.author or AUTHOR)
            if cell.fill.fgColor.rgb in _COLOURS.values():
                cell.fill = PatternFill()


def _comment(cell: Cell | MergedCell, text: str, author: str) -> None:
    lines = sum(max(1, math.ceil(len(line) / _CHARACTERS_A_LINE)) for line in text.splitlines())
    cell.comment = Comment(text, author, height=min(lines * _LINE + _MARGIN, _HIGHEST), width=_WIDTH)
