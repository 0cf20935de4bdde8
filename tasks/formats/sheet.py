"""What every format is turned into: sheets of cell texts, by absolute address."""

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from schemas.issue import Issue
from tasks.limits import Bounds

# Excel has 31 characters, others have more.
_LONGEST_NAME = 255

Row = list[str | None]
Texts = dict[tuple[int, int], str]
"""The texts of the cells that have one, by row and column, 0-based."""


class Range(NamedTuple):
    """A block of cells, 0-based, both ends within it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """Cell texts by absolute address: ``rows[0][0]`` is A1; None where a cell is empty.

    A cell with an error has the error as its text (``#NAME?``), a formula that nobody computed has itself (``=B2+1``),
    a number that is shown as a percentage has its sign (``95%``), a true date is in ISO form, whatever the epoch of the
    workbook; ``is_1904`` tells how bare serial numbers count. Hidden rows and columns are 0-based; those of height or
    width zero are among them.
    """

    name: str
    rows: list[Row]
    is_visible: bool = True
    merged: tuple[Range, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_1904: bool = False


@dataclass(frozen=True)
class Workbook:
    """The sheets of a file, what could not be read of it, and what else its sender should know."""

    sheets: tuple[Sheet, ...]
    issues: tuple[Issue, ...] = ()
    is_text: bool = False
    notes: tuple[Issue, ...] = ()


class UnreadableError(Exception):
    """The file, or the sheet, cannot be read; carries the issue that says so."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(issue.code)
        self.issue = issue


@dataclass(frozen=True)
class Layout:
    """What a reader collects of a sheet beside its texts; hidden rows and columns as spans, which may be long."""

    merged: list[Range] = field(default_factory=list)
    hidden_rows: list[range] = field(default_factory=list)
    hidden_columns: list[range] = field(default_factory=list)


def workbook(readers: Iterable[Callable[[], Sheet]]) -> Workbook:
    """A workbook of the sheets that can be read, and the issues of those that cannot; one without sheets is broken."""
    sheets: list[Sheet] = []
    issues: list[Issue] = []
    for read in readers:
        try:
            sheets.append(_named(read()))
        except UnreadableError as error:
            issues.append(error.issue)
    if not sheets and not issues:
        raise UnreadableError(Issue("E-FILE-01", hint="没有工作表"))
    return Workbook(tuple(sheets), tuple(issues))


def _named(sheet: Sheet) -> Sheet:
    """The sheet under a name that can be kept, once with every issue: no zero byte, and not of any length."""
    if "\0" not in sheet.name and len(sheet.name) <= _LONGEST_NAME:
        return sheet
    return replace(sheet, name=sheet.name[:_LONGEST_NAME].replace("\0", "\ufffd"))


def check_size(name: str, height: int, width: int, bounds: Bounds) -> None:
    """Refuse a sheet that would unfold to more cells than it may have, before it does."""
    if height * width > bounds.cells:
        hint = f"{height}行{width}列，{bounds.said('cells')}"
        raise UnreadableError(Issue("E-FILE-05", sheet=name, value=name, hint=hint))


def check_texts(name: str, rows: Iterable[Row], bounds: Bounds) -> None:
    """Refuse a sheet with longer texts than there may be: one that a file has once may stand in many cells."""
    characters = sum(map(len, filter(None, itertools.chain.from_iterable(rows))))
    if characters > bounds.characters:
        value = f"工作表「{name}」有 {characters} 字"
        raise UnreadableError(Issue("E-FILE-17", sheet=name, value=value, hint=bounds.said("characters")))


def grid(name: str, texts: Mapping[tuple[int, int], str], bounds: Bounds) -> list[Row]:
    """Rows from A1 to the last cell with a text, all of one width."""
    height = max((row for row, _ in texts), default=-1) + 1
    width = max((column for _, column in texts), default=-1) + 1
    check_size(name, height, width, bounds)
    rows: list[Row] = [[None] * width for _ in range(height)]
    for (row, column), text in texts.items():
        rows[row][column] = text
    check_texts(name, rows, bounds)
    return rows


def within(spans: Sequence[range], end: int) -> frozenset[int]:
    """The numbers of the spans below the end."""
    return frozenset(number for span in spans for number in span[: max(end - span.start, 0)])


def sheet_of(name: str, rows: list[Row], layout: Layout, *, is_visible: bool, is_1904: bool) -> Sheet:
    """A sheet of rows of one width; what is hidden beyond them does not count."""
    return Sheet(
        name,
        rows,
        is_visible,
        tuple(layout.merged),
        within(layout.hidden_rows, len(rows)),
        within(layout.hidden_columns, len(rows[0]) if rows else 0),
        is_1904,
    )
