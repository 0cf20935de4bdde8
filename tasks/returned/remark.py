"""Issues to remarks: where each stands in the workbook, what is wrong there and what to do, apart from writing it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schemas.form import tables
from schemas.found import Found
from schemas.issue import column_letter
from tasks.formats.xlsx_marks import column_number
from tasks.returned.heads import HeadCells, Place
from tasks.workbook import Sheet

Layouts = Sequence[Mapping[str, Any]]
"""Of each submission in the file where its tables stand, see ``schemas.batch.Batch``."""

_ORDER = ("error", "warning", "info")
_SPOT = re.compile(r"(?:第 \d+ 行)?(?:「(?P<label>[^」]*)」|[A-Z]{1,3} 列)?：")
_ADVICE = re.compile(r"[，；。](?=请)|；(?=如)")
_ADVICE_OF = {"error": "请改正", "warning": "请核对，无误的不用改", "info": "不用改", "E-VAL-01": "请补填"}


@dataclass(frozen=True)
class Remark:
    """One line of the list: ``number`` from 1, ``place`` in the workbook where it has one."""

    number: int
    found: Found
    place: Place | None
    label: str
    problem: str
    advice: str


@dataclass(frozen=True)
class Mark:
    """What is said of one cell; ``severity`` is that of the worst of it."""

    place: Place
    severity: str
    sentences: tuple[str, ...]


def remarks(issues: Iterable[Found], layouts: Layouts, sheets: Sequence[Sheet], heads: HeadCells) -> list[Remark]:
    """Errors first, then warnings, then information, each in the order in which they were found, none twice."""
    once = sorted(dict.fromkeys(issues), key=lambda found: _ORDER.index(found.severity))
    rows = {sheet.name: sheet.rows for sheet in sheets}
    return [_remark(number, found, layouts, rows, heads) for number, found in enumerate(once, 1)]


def marks(said: Iterable[Remark]) -> list[Mark]:
    """The cells to mark with all that is said of each; information is not marked."""
    by_cell: dict[Place, list[Remark]] = {}
    for remark in said:
        if remark.place and remark.found.severity != "info":
            by_cell.setdefault(remark.place, []).append(remark)
    return [
        Mark(place, each[0].found.severity, tuple(dict.fromkeys(_sentence(remark) for remark in each)))
        for place, each in by_cell.items()
    ]


def _remark(number: int, found: Found, layouts: Layouts, rows: Mapping[str, Sequence[Any]], heads: HeadCells) -> Remark:
    spot = _SPOT.match(found.message)
    problem, advice = _split(found.message[spot.end() :] if spot else found.message, found)
    place = _place(found, layouts, rows) or heads.place_of(found)
    label = _label(found.field, layouts) or (spot["label"] if spot else None) or ""
    return Remark(number, found, place if place and place.sheet in rows else None, label, problem, advice)


def _split(sentence: str, found: Found) -> tuple[str, str]:
    """What is wrong, and what to do: behind the first comma that asks for something."""
    advice = _ADVICE.search(sentence)
    if advice is None:
        return sentence, _ADVICE_OF.get(found.code, _ADVICE_OF[found.severity])
    return sentence[: advice.start()], sentence[advice.end() :]


def _sentence(remark: Remark) -> str:
    kind = "错误" if remark.found.severity == "error" else "提醒"
    label = f"「{remark.label}」" if remark.label else ""
    return f"{kind}：{label}{remark.problem}，{remark.advice}"


def _place(found: Found, layouts: Layouts, rows: Mapping[str, Sequence[Any]]) -> Place | None:
    """The cell; of a column its heading, of a row the first cell that holds something."""
    if found.sheet is None:
        return None
    if found.row and found.column:
        return Place(found.sheet, found.row, column_number(found.column) + 1)
    if found.row:
        cells = rows[found.sheet][found.row - 1] if found.row <= len(rows.get(found.sheet, ())) else []
        return Place(found.sheet, found.row, next((n for n, cell in enumerate(cells, 1) if cell), 1))
    return _heading(found, layouts)


def _heading(found: Found, layouts: Layouts) -> Place | None:
    """The heading of the column that is named by its letter, or by its field."""
    for part in _tables(layouts):
        letter = found.column or part["letters"].get(found.field)
        if part["sheet"] == found.sheet and letter:
            return Place(part["sheet"], part["header_row"], column_number(letter) + 1)
    return None


def _tables(layouts: Layouts) -> list[Mapping[str, Any]]:
    return [part for layout in layouts for part in layout.values()]


def _label(field: str | None, layouts: Layouts) -> str | None:
    """The label of a column in the first table that has it."""
    if field is None:
        return None
    of_tables = (tables()[table_id][1].columns for layout in layouts for table_id in layout if table_id in tables())
    return next((columns[field].label for columns in of_tables if field in columns), None)


def cell_name(place: Place) -> str:
    """The address as people write it: C5."""
    return f"{column_letter(place.column - 1)}{place.row}"
