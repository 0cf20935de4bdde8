"""The rows below the headings: data, an example left in, ways to say that nothing happened or changed, and totals."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from flows.demo.draw import draw, happens
from flows.demo.report import Report, Row, Value
from flows.demo.sheet import Line
from flows.demo.spelling import Cell, cell_of
from flows.demo.styles import Style
from schemas.form import Column, Table
from schemas.unit import Register

_MEASURES = ("integer", "amount")


@dataclass(frozen=True)
class Body:
    """A table of a report with the choices made for it."""

    report: Report
    table: Table
    style: Style
    register: Register
    fields: Sequence[str]

    @property
    def width(self) -> int:
        """The number of columns of the sheet."""
        return len(self.fields) + self.style.has_numbering

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of the report in this table."""
        return self.report.rows.get(self.table.id, ())

    @property
    def hidden_line(self) -> int | None:
        """Which of its lines is hidden, if one is."""
        number = self.report.quirks.hidden_row
        return None if number is None else number + len(_example(self))

    def line(self, number: Cell, cells: Sequence[Cell], kind: Literal["heading", "plain"] = "plain") -> Line:
        """A row of cells, behind its number where the sheet numbers its rows."""
        return Line((number, *cells) if self.style.has_numbering else tuple(cells), kind=kind)

    def lines(self) -> list[Line]:
        """Everything between the headings and the notes."""
        rows = [self.line(number, _cells(self, row)) for number, row in enumerate(self.rows, start=1)]
        has_total = self.style.has_totals and bool(self.table.key) and any(map(_is_measure, _columns(self)))
        return [*_example(self), *(rows or _nothing(self)), *([_total(self)] if has_total else [])]


def _columns(body: Body) -> list[Column]:
    return [body.table.columns[name] for name in body.fields]


def _cells(body: Body, row: Row) -> list[Cell]:
    return [_cell(body, name, _in_unit(body, name, row.get(name))) for name in body.fields]


def _cell(body: Body, name: str, value: Value) -> Cell:
    column = body.table.columns[name]
    if unit := body.report.quirks.units.get(name):
        column = column.model_copy(update={"unit": unit})
    return cell_of(value, column, body.style, body.register)


def _in_unit(body: Body, name: str, value: Value) -> Value:
    """A measure in the unit that its heading names."""
    unit = body.report.quirks.units.get(name)
    if unit is None or not isinstance(value, int | float):
        return value
    return round(value / body.table.columns[name].other_units[unit], 2)


def _example(body: Body) -> list[Line]:
    """The row that explains the template, left in by people in a hurry."""
    if not (body.style.has_example and body.style.has_numbering):
        return []
    return [
        body.line("示例", [column.example or next(iter(column.codes.values()), ("",))[0] for column in _columns(body)])
    ]


def _nothing(body: Body) -> list[Line]:
    """The ways to say that nothing happened, or that nothing changed."""
    style, key = body.style, body.report.key
    if body.table.id in body.report.unchanged:
        is_told_above = body.report.is_unchanged and style.head in ("cover", "cells") and happens(60, *key, "told")
        word = ("无变化", "与上月相同", "同上月")[draw(3, *key, "no change")]
        return [] if is_told_above else [Line((word,), span=body.width)]
    is_month = body.table.grain == "month"  # where zeros are to be written, a row of dashes is one of zeros
    if style.zero == "word" and (style.head != "cover" or happens(40, *key, "word")):
        word = ("无", "零报告", "本月无")[draw(3, *key, "nothing")]
        return [Line((word,), span=body.width)]
    if style.zero == "dashes" and not is_month:
        return [body.line(1, ["/"] * len(body.fields))]
    if style.zero == "numbered" and style.has_numbering:
        return [body.line(number, [None] * len(body.fields)) for number in range(1, 4)]
    return []


def _is_measure(column: Column) -> bool:
    return column.type in _MEASURES and column.unit is not None and column.unit != "分"


def _total(body: Body) -> Line:
    miscounted = body.report.quirks.miscounted
    sums: list[Cell] = [
        _sum(body, name) + miscounted.get(name, 0) if _is_measure(body.table.columns[name]) else None
        for name in body.fields
    ]
    return body.line("合计", sums) if body.style.has_numbering else Line(("合计", *sums[1:]))


def _sum(body: Body, name: str) -> float:
    values = [_in_unit(body, name, row.get(name)) for row in body.rows]
    return sum(value for value in values if isinstance(value, int | float))
