"""A report as sheets of cells: a cover or a head block, the headings, the rows, and what stands below the table."""

from collections.abc import Sequence
from dataclasses import dataclass

from flows.demo.draw import draw, happens
from flows.demo.head import head_of, notes_of, top_rows
from flows.demo.headings import headings, shown_fields
from flows.demo.report import Report, Row
from flows.demo.sheet import Line, Sheet
from flows.demo.spelling import Cell, cell_of, month_cell
from flows.demo.styles import Style
from schemas.form import Column, Table
from schemas.unit import Register

_MEASURES = ("integer", "amount")


@dataclass(frozen=True)
class _Table:
    """A table with the choices made for it."""

    report: Report
    table: Table
    style: Style
    register: Register
    fields: Sequence[str]

    @property
    def width(self) -> int:
        return len(self.fields) + self.style.has_numbering

    @property
    def rows(self) -> tuple[Row, ...]:
        return self.report.rows.get(self.table.id, ())

    def line(self, number: Cell, cells: Sequence[Cell]) -> Line:
        """A row of cells, behind its number where the sheet numbers its rows."""
        return Line((number, *cells) if self.style.has_numbering else tuple(cells))


def sheets_of(report: Report, style: Style, register: Register) -> list[Sheet]:
    """The sheets of the workbook that holds a report."""
    tables = list(report.form.tables.values())
    kept = [table for place, table in enumerate(tables) if place == 0 or _is_shown(report, table)]
    sheets = [_table_sheet(report, table, style, register) for table in kept]
    if style.head == "cover":
        sheets.insert(0, _cover(report, style, register))
    return [*sheets, Sheet("Sheet2", ())] if style.has_spare_sheet else sheets


def _is_shown(report: Report, table: Table) -> bool:
    """People leave a second sheet without rows in the workbook, or delete it."""
    return bool(report.rows.get(table.id)) or happens(50, *report.key, table.id)


def _cover(report: Report, style: Style, register: Register) -> Sheet:
    head = head_of(report, register)
    pairs: list[tuple[str, Cell]] = [
        ("表号", report.form.code),
        ("填报单位", head.unit_name),
        ("单位代码", head.unit_code),
        ("报告期", head.month_text or month_cell(report.month, style)),
        ("本月情况", head.situation),
        ("版本", report.version),
        ("更正说明", report.correction),
        ("填报人", head.filler),
        ("单位负责人", head.approver),
        ("联系电话", head.phone),
        ("报出日期", head.submitted_on),
        ("制定机关", "谢家集区应急管理局（示例数据）"),
    ]
    return Sheet("封面", (Line((report.form.title,), kind="title", span=2), *(Line(pair) for pair in pairs)))


def _table_sheet(report: Report, table: Table, style: Style, register: Register) -> Sheet:
    fields = shown_fields(report, table, style)
    made = _Table(report, table, style, register, fields)
    texts = headings(report, table, fields, style)
    lines = [
        *top_rows(report, table.title, style, register, made.width),
        Line(("序号", *texts) if style.has_numbering else tuple(texts), kind="heading"),
        *_body(made),
        *([_total(made)] if style.has_totals and _has_measures(made) else []),
        *notes_of(report, style, register, made.width),
    ]
    return Sheet((table.sheets or (table.title,))[0], tuple(lines))


def _body(made: _Table) -> list[Line]:
    lines = [
        made.line(
            number,
            [cell_of(row.get(name), made.table.columns[name], made.style, made.register) for name in made.fields],
        )
        for number, row in enumerate(made.rows, start=1)
    ]
    example = [_example(made)] if made.style.has_example and made.style.has_numbering else []
    return example + (lines or _nothing(made))


def _example(made: _Table) -> Line:
    """The row that explains the template, left in by people in a hurry."""
    columns = (made.table.columns[name] for name in made.fields)
    return made.line("示例", [column.example or next(iter(column.codes.values()), ("",))[0] for column in columns])


def _nothing(made: _Table) -> list[Line]:
    """The ways to say that nothing happened."""
    style = made.style
    if style.zero == "word" and (style.head != "cover" or happens(40, *made.report.key, "word")):
        word = ("无", "零报告", "本月无")[draw(3, *made.report.key, "nothing")]
        return [Line((word,), span=made.width)]
    if style.zero == "dashes":
        return [made.line(1, ["/"] * len(made.fields))]
    if style.zero == "numbered" and style.has_numbering:
        return [made.line(number, [None] * len(made.fields)) for number in range(1, 4)]
    return []


def _has_measures(made: _Table) -> bool:
    return any(_is_measure(made.table.columns[name]) for name in made.fields)


def _is_measure(column: Column) -> bool:
    return column.type in _MEASURES and column.unit is not None and column.unit != "分"


def _total(made: _Table) -> Line:
    sums: list[Cell] = [
        _sum(made.rows, name) + made.report.miscounted_by if _is_measure(made.table.columns[name]) else None
        for name in made.fields
    ]
    return made.line("合计", sums) if made.style.has_numbering else Line(("合计", *sums[1:]))


def _sum(rows: Sequence[Row], name: str) -> float:
    values = [row.get(name) for row in rows]
    return sum(value for value in values if isinstance(value, int | float))
