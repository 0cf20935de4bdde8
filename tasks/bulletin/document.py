"""What a bulletin is made of, whatever it is written as: sections of sentences, tables and charts of figures.

A figure knows the values and rows that it comes from; nothing here reads or writes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from warehouse.behind import Spot
from warehouse.trace_rows import TraceRow

# A star: reports that it rests on have not come.
Mark = Literal["", "*"]


@dataclass(frozen=True)
class Source:
    """What a figure comes from: a published value with all rows behind it, or only some rows (``rows``), named."""

    title: str
    spot: Spot | None = None
    rows: tuple[TraceRow, ...] | None = None


@dataclass(frozen=True)
class Figure:
    """A number as it is printed.

    ``amount`` is the number for those who go on computing, None where there is none; ``how`` says how it comes from its
    sources where it is not the first of them itself.
    """

    text: str
    amount: Decimal | int | float | None = None
    decimals: int = 0
    sources: tuple[Source, ...] = ()
    how: str = ""
    mark: Mark = ""


Cell: TypeAlias = str | Figure


def printed(cell: Cell) -> str:
    """A cell as text, with its mark."""
    return cell if isinstance(cell, str) else f"{cell.text}{cell.mark}"


@dataclass(frozen=True)
class Sentence:
    """Words and figures in a row."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Blank:
    """What a person has to write; the program never judges."""

    prompt: str


@dataclass(frozen=True)
class Table:
    """A table; the first column names the line. ``note`` stands below."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class Series:
    """One line of a chart; None where there is no figure."""

    name: str
    figures: tuple[Figure | None, ...]
    is_line: bool = False


@dataclass(frozen=True)
class Chart:
    """A chart: ``labels`` along the axis (of a map the columns), one figure of every series at each.

    ``columns`` draws columns and lines, ``bars`` lies on its side, ``heat`` is a map of unit by month; ``is_rate`` maps
    from 0 to 100 with green above, else from 0 up with red above.
    """

    title: str
    kind: Literal["columns", "bars", "heat"]
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    is_rate: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self.labels or not any(figure for each in self.series for figure in each.figures)

    @property
    def table(self) -> Table:
        """The same figures as a table; bars stand below each other as they are drawn."""
        if self.kind == "bars":
            (bars,) = self.series
            lines = tuple((name, each or "") for name, each in zip(self.labels, bars.figures, strict=True))
            return Table(self.title, ("", self.unit), lines)
        rows = tuple((each.name, *(figure or "" for figure in each.figures)) for each in self.series)
        return Table(f"{self.title}（{self.unit}）", ("", *self.labels), rows)


Block: TypeAlias = Sentence | Blank | Table | Chart


@dataclass(frozen=True)
class Section:
    """One numbered part."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Bulletin:
    """All of it; ``imprint`` (as of when, which publication) stands on every page."""

    title: str
    imprint: str
    sections: tuple[Section, ...]


def figures_of(bulletin: Bulletin) -> Iterator[Figure]:
    """Every figure, in the order of the page."""
    for section in bulletin.sections:
        for block in section.blocks:
            yield from (cell for cell in _cells(block) if isinstance(cell, Figure))


def _cells(block: Block) -> Iterator[Cell]:
    if isinstance(block, Blank):
        return
    if isinstance(block, Sentence):
        yield from block.cells
        return
    for row in (block.table if isinstance(block, Chart) else block).rows:
        yield from row
