"""The rows behind every figure of a bulletin, each row once: what its page shows where somebody asks."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TypeVar

from schemas.form import Column, Table, tables
from schemas.indicator import Indicator
from tasks.bulletin.document import Bulletin, Figure, Source, figures_of
from tasks.traced import value_text
from warehouse.behind import Spot
from warehouse.trace_rows import TraceRow
from warehouse.values import Figure as Amount

T = TypeVar("T", bound=Hashable)

# Free text may name firms and persons; the place of the cell leads to it for those who may open the file.
_TOLD = frozenset({"code", "codes", "date", "datetime", "integer", "amount", "yes_no", "unit"})
_OF_REPORTS = {"status": "状态", "version": "版本", "rows": "行数", "errors": "错误", "received_at": "收到"}
_STATES = {"accepted": "接收", "rejected": "退回", "held": "封账待处理", "withdrawn": "撤回", "superseded": "已更正"}
# So much of a path tells unit, month and name; what stands above is the office's own.
_SHOWN_PARTS = 3


@dataclass(frozen=True)
class ShownRow:
    """A row as the page has it: by whom, of which month, where, and what its cells hold, in the order of its layout."""

    unit: str
    month: str | None
    file: str | None
    sheet: str | None
    row: int | None
    layout: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class ShownSource:
    """A source with its rows, each with what it adds to numerator and denominator."""

    title: str
    definition: str
    rows: tuple[tuple[int, Amount, Amount], ...]


@dataclass(frozen=True)
class ShownFigure:
    """How a figure comes from its sources."""

    how: str
    sources: tuple[int, ...]


@dataclass(frozen=True)
class Traces:
    """The data of the page, each once and by number: figures refer to sources, sources to rows, rows to layouts.

    A layout is the letters and headings of a table's cells. ``numbers`` has that of each figure of the document, which
    is told by its identity.
    """

    layouts: list[tuple[tuple[str, str], ...]] = field(default_factory=list)
    rows: list[ShownRow] = field(default_factory=list)
    sources: list[ShownSource] = field(default_factory=list)
    figures: list[ShownFigure] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)


def spots_of(bulletin: Bulletin) -> set[Spot]:
    """The values of which all rows are shown."""
    found = (source for figure in figures_of(bulletin) for source in figure.sources)
    return {source.spot for source in found if source.spot and source.rows is None}


def traces_of(
    bulletin: Bulletin,
    rows: Mapping[Spot, tuple[TraceRow, ...]],
    indicators: Mapping[str, Indicator],
    names: Mapping[str, str],
) -> Traces:
    """Every figure that has a source with its rows.

    Args:
        bulletin: whose figures they are.
        rows: those of ``spots_of``.
        indicators: all, by id.
        names: of the units, by code.
    """
    traces = _Builder(rows, indicators, names)
    for figure in figures_of(bulletin):
        traces.add(figure)
    return traces.made


class _Builder:
    """Numbers rows and sources as they come."""

    def __init__(
        self,
        rows: Mapping[Spot, tuple[TraceRow, ...]],
        indicators: Mapping[str, Indicator],
        names: Mapping[str, str],
    ) -> None:
        self.made = Traces()
        self._behind, self._indicators, self._names = rows, indicators, names
        self._layouts: dict[tuple[tuple[str, str], ...], int] = {}
        self._rows: dict[tuple[object, ...], int] = {}
        self._sources: dict[ShownSource, int] = {}

    def add(self, figure: Figure) -> None:
        if figure.sources and id(figure) not in self.made.numbers:
            self.made.numbers[id(figure)] = len(self.made.figures)
            self.made.figures.append(ShownFigure(figure.how, tuple(map(self._source, figure.sources))))

    def _source(self, source: Source) -> int:
        rows = self._behind[source.spot] if source.rows is None and source.spot else source.rows or ()
        definition = self._indicators[source.spot.indicator].definition if source.spot else ""
        numbered = tuple((self._row(row), row.numerator, row.denominator) for row in rows)
        return _number(ShownSource(source.title, definition, numbered), self._sources, self.made.sources)

    def _row(self, row: TraceRow) -> int:
        key = (row.form, row.unit_code, row.month, row.file, row.sheet, row.row)
        if key not in self._rows:
            self._rows[key] = len(self.made.rows)
            self.made.rows.append(self._told(row))
        return self._rows[key]

    def _told(self, row: TraceRow) -> ShownRow:
        cells = _cells(row, self._names)
        headings = tuple((letter, label) for letter, label, _ in cells)
        return ShownRow(
            unit=self._names.get(row.unit_code, row.unit_code),
            month=row.month,
            file="/".join(PurePosixPath(row.file).parts[-_SHOWN_PARTS:]) if row.file else None,
            sheet=row.sheet,
            row=row.row,
            layout=_number(headings, self._layouts, self.made.layouts),
            cells=tuple(text for _, _, text in cells),
        )


def _number(value: T, known: dict[T, int], listed: list[T]) -> int:
    """Its place in the list, where it comes to stand if it is new."""
    if value not in known:
        known[value] = len(listed)
        listed.append(value)
    return known[value]


def _cells(row: TraceRow, names: Mapping[str, str]) -> Sequence[tuple[str, str, str]]:
    """Letter, heading and what stands there, of the cells that hold no free text."""
    if row.form is None or row.form not in tables():
        return [("", label, _state(row.values[name])) for name, label in _OF_REPORTS.items() if name in row.values]
    _, table = tables()[row.form]
    return [
        (letter, table.columns[name].label, _text(table.columns[name], row.values[name], names))
        for name, letter in row.cells.items()
        if _is_told(table, name)
    ]


def _is_told(table: Table, name: str) -> bool:
    return table.columns[name].type in _TOLD or name in table.key


def _state(value: object) -> str:
    return _STATES.get(value, value) if isinstance(value, str) else str(value)


def _text(column: Column, value: object, names: Mapping[str, str]) -> str:
    if value is None:
        return ""
    text = value_text(value, column)
    return names.get(text, text) if column.type == "unit" else text
