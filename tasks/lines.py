"""What each row below the headings of a table is: data, a total, a word for nothing, or a note."""

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
        cells = rows[number][area.left : area.right + 1]
        if number in skipped or not any(cells):
            continue
        kind = _kind(cells, [_text(rows[number], place) for place in area.fields.values()], area, number)
        if kind == "data" and is_below_notes and _filled(rows[number], area) < _FEWEST_BELOW_NOTES:
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


def _kind(cells: Row, own: Sequence[str], area: Area, number: int) -> Kind | None:
    texts = [text for cell in cells if cell and (text := squeeze(cell))]
    filled = [text for text in own if text]
    if not texts:
        return None
    if number == area.rows.start and _numbers_columns(texts, filled, area):
        return "numbering"
    if _NOTE.match(texts[0]) or _EXAMPLE.match(texts[0]) or _signs(texts, filled):
        return "note"
    if total := _total(texts, area, own):
        return total
    if len(texts) == 1 and texts[0] in UNCHANGED:
        return "unchanged"
    if not filled:
        return "nothing" if any(text in NOTHING for text in texts if not text.isdigit()) else None
    return "nothing" if _says_nothing(filled, area.table) else "data"


def _signs(texts: Sequence[str], filled: Sequence[str]) -> bool:
    """Whether it is a row of signatures, however its cells are cut."""
    return len(filled) < _FEWEST_BELOW_NOTES * 2 and bool(_SIGNATURE.fullmatch(texts[0]))


def _total(texts: Sequence[str], area: Area, own: Sequence[str]) -> Literal["total", "subtotal"] | None:
    """A total has its word among the first cells, and nothing else in the key of the table."""
    words = [text for text in texts[:3] if _TOTAL.fullmatch(text) or _SUBTOTAL.fullmatch(text)]
    if not words:
        return None
    keys = {text for name, text in zip(area.fields, own, strict=True) if name in area.table.key[:1] and text}
    if keys - set(words):
        return None
    return "total" if any(_TOTAL.fullmatch(word) for word in words) else "subtotal"


def _says_nothing(filled: Sequence[str], table: Table) -> bool:
    """无 or a row of dashes; where zeros are to be written, a row of them is data."""
    return all(text in NOTHING for text in filled) and (table.grain != "month" or len(filled) == 1)


def _numbers_columns(texts: Sequence[str], filled: Sequence[str], area: Area) -> bool:
    """The row 甲 乙 1 2 3 … that statistical tables have under their headings."""
    numbers = [int(text.strip("()")) for text in texts if text.strip("()").isdigit()]
    return (
        len(filled) == len(area.fields)
        and len(numbers) >= _FEWEST_BELOW_NOTES
        and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        and all(_COLUMN_NUMBERS.fullmatch(text) for text in texts)
    )


def _filled(row: Row, area: Area) -> int:
    return sum(bool(_text(row, place)) for place in area.fields.values())


def _text(row: Row, place: int) -> str:
    cell = row[place] if place < len(row) else None
    return squeeze(cell) if cell else ""
