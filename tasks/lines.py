"""What each row below the headings of a table is: data, a total, a word for nothing, or a note."""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal

from schemas.form import Table
from schemas.text import normalise, squeeze
from tasks.head import UNCHANGED
from tasks.workbook import Row

Kind = Literal["data", "total", "subtotal", "nothing", "unchanged", "note", "numbering"]

NOTHING = frozenset({"无", "零报告", "本月零报告", "本月无", "无数据", "本月无数据", "零", "-", "—", "——", "/", "0"})
_WORD = "计"  # in every word of a total
_TOTAL = re.compile(r"(?:本月|本页|全区|以上|各项)?(?:合计|总计|共计)数?:?")
_SUBTOTAL = re.compile(r".{0,12}(?:小计|分计)数?:?|(?:本年|年度)?累计数?:?")
_NOTE = re.compile(r"(?:备?注|说明|填表说明|填报说明)\d?\s*:")
_SIGNATURE = re.compile(
    r"(?:填报人|填表人|审核人|单位负责人|负责人|联系电话|报出日期|填报日期|填报时间|制表人?|填报单位|报送单位|单位\(?盖章\)?)"
    r"(?:\(?(?:签字|签章|盖章)\)?)?(?::.*)?"
)
_EXAMPLE = re.compile(r"\(?(?:填写)?示例|例\s*:")
_COLUMN_NUMBERS = re.compile(r"[甲乙丙丁戊己庚辛]|\d{1,2}|\(\d{1,2}\)|[A-Z]")
_FEWEST_BELOW_NOTES = 3
_FIRST = 3  # texts of a row among which the word of a total stands


@dataclass(frozen=True)
class Total:
    """A row of totals: 0-based, with the first row of data that it should be the sum of."""

    row: int
    kind: Literal["total", "subtotal"]
    from_row: int


@dataclass(frozen=True)
class Area:
    """Where the rows of a table stand: below the headings, ``left`` to ``right`` inclusive, and each field's column."""

    table: Table
    rows: range
    left: int
    right: int
    fields: Mapping[str, int]


def classify(rows: Sequence[Row], area: Area, skipped: AbstractSet[int]) -> dict[int, Kind]:
    """The kind of every row that holds anything; ``skipped`` rows (repeated headings, hidden ones) have none."""
    kinds: dict[int, Kind] = {}
    is_below_notes = False
    for number in area.rows:
        if number in skipped or not (cells := _filled(rows[number][area.left : area.right + 1])):
            continue
        kind = _kind(cells, rows[number], area, number)
        if kind == "data" and is_below_notes and len(_own(rows[number], area)) < _FEWEST_BELOW_NOTES:
            kind = "note"
        is_below_notes |= kind == "note" and bool(_NOTE.match(normalise(cells[0])))
        if kind:
            kinds[number] = kind
    return kinds


def totals_of(kinds: Mapping[int, Kind], first: int) -> Iterator[Total]:
    """The rows of totals; a subtotal is of the rows since the one before it."""
    since = first
    for row, kind in sorted(kinds.items()):
        if kind == "total":
            yield Total(row, "total", first)
        elif kind == "subtotal":
            yield Total(row, "subtotal", since)
            since = row + 1


def _kind(cells: Sequence[str], row: Row, area: Area, number: int) -> Kind | None:
    """The kind of a row with these cells in the area; most are data, which the first texts tell."""
    first = list(itertools.islice((text for cell in cells if (text := squeeze(cell))), _FIRST))
    if not first:
        return None
    if number == area.rows.start and _numbers_columns(_texts(cells), _own(row, area), area):
        return "numbering"
    if _NOTE.match(first[0]) or _EXAMPLE.match(first[0]) or _signs(first[0], row, area):
        return "note"
    if total := _total(first, row, area):
        return total
    if len(first) == 1 and first[0] in UNCHANGED:
        return "unchanged"
    return _kind_of_own(cells, row, area)


def _kind_of_own(cells: Sequence[str], row: Row, area: Area) -> Kind | None:
    """The kind of a row by its texts in the columns of the table: 无 or a row of dashes says nothing."""
    for place in area.fields.values():
        if place < len(row) and (cell := row[place]) and (text := squeeze(cell)) and text not in NOTHING:
            return "data"
    filled = _own(row, area)
    if not filled:
        return "nothing" if any(text in NOTHING and not text.isdigit() for text in _texts(cells)) else None
    # Where zeros are to be written, a row of them is data.
    return "nothing" if area.table.grain != "month" or len(filled) == 1 else "data"


def _filled(cells: Row) -> list[str]:
    return [cell for cell in cells if cell]


def _texts(cells: Sequence[str]) -> list[str]:
    return [text for cell in cells if (text := squeeze(cell))]


def _own(row: Row, area: Area) -> list[str]:
    """The texts in the columns of the table."""
    return _texts(_filled([row[place] for place in area.fields.values() if place < len(row)]))


def _signs(first: str, row: Row, area: Area) -> bool:
    """Whether it is a row of signatures, however its cells are cut."""
    return bool(_SIGNATURE.fullmatch(first)) and len(_own(row, area)) < _FEWEST_BELOW_NOTES * 2


def _total(first: Sequence[str], row: Row, area: Area) -> Literal["total", "subtotal"] | None:
    """A total has its word among the first cells, and nothing else in the key of the table."""
    words = [text for text in first if _WORD in text and (_TOTAL.fullmatch(text) or _SUBTOTAL.fullmatch(text))]
    if not words:
        return None
    key = [row[place] for name, place in area.fields.items() if name in area.table.key[:1] and place < len(row)]
    if set(_texts(_filled(key))) - set(words):
        return None
    return "total" if any(_TOTAL.fullmatch(word) for word in words) else "subtotal"


def _numbers_columns(texts: Sequence[str], filled: Sequence[str], area: Area) -> bool:
    """The row 甲 乙 1 2 3 … that statistical tables have under their headings."""
    # First: of what is no number of a column, ² and a text of 5,000 digits among it, Python makes no whole number.
    if len(filled) != len(area.fields) or not all(_COLUMN_NUMBERS.fullmatch(text) for text in texts):
        return False
    numbers = [int(text.strip("()")) for text in texts if text.strip("()").isdigit()]
    return len(numbers) >= _FEWEST_BELOW_NOTES and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
