"""What stands around a table on its sheet: titles and head above it, hidden rows and other rows that are not read."""

from collections.abc import Iterator, Mapping

from schemas.issue import Issue
from schemas.text import squeeze
from tasks.head import UNCHANGED, pairs
from tasks.lines import NOTHING, Area, Kind
from tasks.workbook import Row, Sheet


def head_start(sheet: Sheet, top: int, floor: int) -> int:
    """The first row of the title and head right above headings, not above ``floor``; a blank row may stand between."""
    start, blanks = top, 0
    for number in range(top - 1, floor - 1, -1):
        texts = {squeeze(cell) for cell in sheet.rows[number] if cell} - {""}
        if not texts and blanks == 0:
            blanks = 1
        elif texts and _is_head(sheet.rows[number], texts):
            start, blanks = number, 0
        else:
            break
    return start


def _is_head(row: Row, texts: set[str]) -> bool:
    """A title stands alone in its row; a head names the unit or the month."""
    return bool(pairs([row])) or (len(texts) == 1 and not texts & (NOTHING | UNCHANGED))


def head_rows(sheet: Sheet, top: int, first_top: int) -> list[Row]:
    """The rows of a table's own head, then those above the first table of the sheet."""
    own = sheet.rows[head_start(sheet, top, 0) : top]
    return own if top == first_top else [*own, *sheet.rows[:first_top]]


def issues_of_rows(sheet: Sheet, area: Area, kinds: Mapping[int, Kind]) -> Iterator[Issue]:
    """Rows that hold something and were not read, or were read though a filter hides them."""
    for number in sorted(sheet.hidden_rows & set(area.rows)):
        if number in kinds or any(sheet.rows[number][area.left : area.right + 1]):
            code = "I-ROW-03" if area.table.reads_hidden else "W-ROW-02"
            yield Issue(code, sheet.name, number + 1)
    for number, kind in kinds.items():
        if kind == "numbering":
            yield Issue("I-ROW-04", sheet.name, number + 1)
