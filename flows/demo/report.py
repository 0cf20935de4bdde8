"""What a unit reports of a month, before anybody has typed it into a workbook."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Literal

from schemas.form import Form, load_forms

Value = str | int | float | bool | date | datetime | tuple[str, ...] | None
Row = Mapping[str, Value]
# A cover sheet; one cell each; label and value side by side; all in one cell; or only the folder and the file's name.
HeadKind = Literal["cover", "cells", "pairs", "line", "folder"]


@dataclass(frozen=True)
class Fact:
    """One row of an event table with everyone who reports it, in the report of one month."""

    form_id: str
    month: date
    reporters: tuple[str, ...]
    row: Row


@dataclass(frozen=True)
class Quirks:
    """What is odd in a workbook without being wrong, or not so wrong that it is sent back.

    ``units`` are units of measure by field that the heading names instead of the column's own; ``groups`` are headings
    over two or more columns, with the text of each; ``miscounted`` stands too much in the row of totals; row
    ``hidden_row`` of the first table (from 0 on) is hidden by a filter; ``last_year`` is left in on a hidden sheet;
    ``also`` are other forms in the same workbook.
    """

    units: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    miscounted: Mapping[str, int] = field(default_factory=dict)
    hidden_row: int | None = None
    last_year: "Report | None" = None
    also: tuple["Report", ...] = ()


@dataclass(frozen=True)
class Report:
    """A form of a unit for a month.

    Rows hold fields by name with stored codes; a text in a column of another type stands in the sheet as it is, and so
    are slips planted. The tables ``unchanged`` have no rows, but those of last month stay right. ``said`` overrides
    what the head says, ``left_out`` names columns that the sheet lacks, ``head`` and ``folder`` override the unit's
    habit.
    """

    unit_code: str
    form_id: str
    month: date
    rows: Mapping[str, tuple[Row, ...]]
    version: int = 1
    correction: str | None = None
    unchanged: frozenset[str] = frozenset()
    said: Mapping[str, str] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    head: HeadKind | None = None
    folder: str | None = None
    quirks: Quirks = field(default_factory=Quirks)

    @property
    def form(self) -> Form:
        """The definition of the form."""
        return load_forms()[self.form_id]

    @property
    def is_zero(self) -> bool:
        """Whether nothing happened in the month."""
        return not any(self.rows.values()) and not self.unchanged

    @property
    def is_unchanged(self) -> bool:
        """Whether all that it says is that nothing changed."""
        return not any(self.rows.values()) and bool(self.unchanged)

    @property
    def key(self) -> tuple[str, str, str]:
        """What the draws for this unit, form and month are made from."""
        return (self.unit_code, self.form_id, f"{self.month:%Y-%m}")


@dataclass(frozen=True)
class Document:
    """A file of the inbox: where it lies, its bytes, and when it arrived (with a timezone)."""

    path: PurePosixPath
    content: bytes
    arrived_at: datetime
