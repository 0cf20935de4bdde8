"""Sheets as they are handed to the writers."""

from dataclasses import dataclass
from typing import Literal

from flows.demo.spelling import Cell


@dataclass(frozen=True)
class Line:
    """A row of cells from column A on. With ``span`` above 1 each cell is merged over that many columns."""

    cells: tuple[Cell, ...] = ()
    kind: Literal["title", "heading", "plain"] = "plain"
    span: int = 1


@dataclass(frozen=True)
class Sheet:
    """A sheet of rows from row 1 on.

    ``merged`` are cells over several rows: top, left, bottom and right, from 0 on and inclusive.
    """

    name: str
    lines: tuple[Line, ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    is_hidden: bool = False
