"""Where a head or a cover says what an issue is about: unit, month, version."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schemas.found import Found
from tasks.cover import read_cover
from tasks.head import Said, said_in
from tasks.workbook import Sheet

_UNIT, _MONTH, _SITUATION = ("unit_name", "unit_code"), ("month",), ("situation",)
_KEYS: Mapping[str, Sequence[str]] = {
    "E-COV-01": ("form_code",),
    "E-COV-02": _UNIT,
    "E-COV-03": _UNIT,
    "E-COV-04": _MONTH,
    "E-COV-05": _MONTH,
    "W-COV-06": _MONTH,
    "E-COV-08": ("version",),
    "E-COV-09": ("correction", "version"),
    "W-COV-12": ("submitted_on",),
    "E-COV-13": _UNIT,
    "E-COV-14": _MONTH,
    "E-COV-15": _SITUATION,
    "E-COV-16": _UNIT,
    "E-COV-17": _MONTH,
    "E-COV-18": _SITUATION,
    "E-COV-19": _SITUATION,
    "E-COV-20": _SITUATION,
    "E-COV-21": ("version",),
    "E-COV-23": _SITUATION,
    "E-COV-24": _SITUATION,
    "E-COV-26": ("form_code",),
    "E-COV-27": _UNIT,
}


@dataclass(frozen=True)
class Place:
    """A cell of a sheet; row and column from 1."""

    sheet: str
    row: int
    column: int


@dataclass(frozen=True)
class HeadCells:
    """What the heads and the cover of a workbook say, each with its sheet, the cover first."""

    said: tuple[tuple[str, Said], ...] = ()

    def place_of(self, found: Found) -> Place | None:
        """The cell that an issue of the head is about: the one that holds the value, else the first of its kind."""
        about = [(sheet, said) for key in _KEYS.get(found.code, ()) for sheet, said in self.said if said.key == key]
        quoted = [(sheet, said) for sheet, said in about if found.value and said.value == found.value]
        return next((Place(sheet, said.row + 1, said.column + 1) for sheet, said in quoted or about), None)


def head_cells(sheets: Sequence[Sheet], layouts: Iterable[Mapping[str, Any]]) -> HeadCells:
    """The cells of the cover, and those beside the tables of these layouts."""
    parts = [part for layout in layouts for part in layout.values() if part["sheet"]]
    return HeadCells(tuple(_said(sheets, {part["sheet"] for part in parts})))


def _said(sheets: Sequence[Sheet], with_tables: set[str]) -> Iterator[tuple[str, Said]]:
    covers = read_cover([sheet for sheet in sheets if sheet.is_visible]).sheets
    for names in (covers, with_tables - covers):
        for sheet in sheets:
            if sheet.name in names:
                yield from ((sheet.name, said) for said in said_in(sheet.rows))
