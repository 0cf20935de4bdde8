"""What each row below the headings of a table is: data, a total, a word for nothing, or a note."""

import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal

from schemas.form import Table
from schemas.text import normalise, squeeze
from tasks.head import UNCHANGED
from tasks.workbook import Row

Kind = Literal["data", "total", "subtotal", "nothing", "unchanged", "note", "numbering"]

NOTHING = frozenset({"无", "零报告", "本月零报告", "本月无", "无数据", "本月无数据", "零", "-", "—", "——", "/", "0"})
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
# Texts of a row among which the word of a total stands.
_FIRST = 3


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
        if number in skipped:
            continue
        cells = rows[number][area.left : area.right + 1]
        kind = _kind(cells, rows[number], area, number)
        if kind == "data" and is_below_notes and len(_own(rows[number], area)) < _FEWEST_BELOW_NOTES:
            kind = "note"
        is_below_notes |= kind == "note" and bool(_NOTE.match(normalise(next(filter(None, cells)))))
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


def _kind(cells: Row, row: Row, area: Area, number: int) -> Kind | None:
    """The kind of a row of which ``cells`` are those of the area; most are data, which the first texts tell."""
    first = list(itertools.islice(_texts(cells), _FIRST))
    if not first:
        return None
    if number == area.rows.start and _numbers_columns(list(_texts(cells)), _own(row, area), area):
        return "numbering"
    if _is_of_notes(first[0]) or (_SIGNATURE.fullmatch(first[0]) and len(_own(row, area)) < _FEWEST_BELOW_NOTES * 2):
        return "note"
    if total := _total(first, row, area):
        return total
    if len(first) == 1 and first[0] in UNCHANGED:
        return "unchanged"
    return _kind_of_own(cells, row, area)


def _kind_of_own(cells: Row, row: Row, area: Area) -> Kind | None:
    """The kind of a row by the texts in the columns of the table."""
    if any(text not in NOTHING for text in _texts(_at(row, place) for place in area.fields.values())):
        return "data"
    filled = _own(row, area)
    if not filled:
        return "nothing" if any(text in NOTHING and not text.isdigit() for text in _texts(cells)) else None
    return "nothing" if area.table.grain != "month" or len(filled) == 1 else "data"


def _texts(cells: Iterable[str | None]) -> Iterator[str]:
    """The texts of cells that hold one."""
    return (text for cell in cells if cell and (text := squeeze(cell)))


def _own(row: Row, area: Area) -> list[str]:
    """The texts in the columns of the table."""
    return list(_texts(_at(row, place) for place in area.fields.values()))


def _at(row: Row, place: int) -> str | None:
    return row[place] if place < len(row) else None


@functools.lru_cache(maxsize=16_384)
def _is_of_notes(first: str) -> bool:
    """Whether a row that begins with this text is a note or an example."""
    return bool(_NOTE.match(first) or _EXAMPLE.match(first))


@functools.lru_cache(maxsize=16_384)
def _word_of_total(text: str) -> Literal["total", "subtotal"] | None:
    return "total" if _TOTAL.fullmatch(text) else "subtotal" if _SUBTOTAL.fullmatch(text) else None


def _total(first: Sequence[str], row: Row, area: Area) -> Literal["total", "subtotal"] | None:
    """A total has its word among the first cells, and nothing else in the key of the table."""
    words = {text: word for text in first if (word := _word_of_total(text))}
    if not words:
        return None
    keys = _texts(_at(row, place) for name, place in area.fields.items() if name in area.table.key[:1])
    if set(keys) - words.keys():
        return None
    return "total" if "total" in words.values() else "subtotal"


def _numbers_columns(texts: Sequence[str], filled: Sequence[str], area: Area) -> bool:
    """The row 甲 乙 1 2 3 … that statistical tables have under their headings."""
    numbers = [int(text.strip("()")) for text in texts if text.strip("()").isdigit()]
    return (
        len(filled) == len(area.fields)
        and len(numbers) >= _FEWEST_BELOW_NOTES
        and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        and all(_COLUMN_NUMBERS.fullmatch(text) for text in texts)
    )
