"""A report as sheets of cells: a cover or a head block, the headings, the rows, and what stands below the table."""

from collections.abc import Sequence
from dataclasses import dataclass

from flows.demo.body import Body
from flows.demo.draw import happens
from flows.demo.head import head_of, notes_of, top_rows
from flows.demo.headings import group_above, headings, shown_fields
from flows.demo.report import Report
from flows.demo.sheet import Line, Sheet
from flows.demo.spelling import Cell, month_cell
from flows.demo.styles import Style, style_of
from schemas.form import Table
from schemas.unit import Register


@dataclass(frozen=True)
class _Top:
    """What stands above the rows of a table: its lines, and the cells merged over both lines of headings."""

    lines: list[Line]
    merged: tuple[tuple[int, int, int, int], ...] = ()


def sheets_of(report: Report, style: Style, register: Register) -> list[Sheet]:
    """The sheets of the workbook that holds a report, and the other forms and old sheets in the same workbook."""
    sheets = _own_sheets(report, style, register)
    for other in report.quirks.also:
        sheets += _own_sheets(other, style_of(other), register)
    if old := report.quirks.last_year:
        table = next(iter(old.form.tables.values()))
        sheets.append(_table_sheet(old, table, style, register, name=f"{old.month.year}年", is_hidden=True))
    return [*sheets, Sheet("Sheet2", ())] if style.has_spare_sheet else sheets


def _own_sheets(report: Report, style: Style, register: Register) -> list[Sheet]:
    tables = list(report.form.tables.values())
    kept = [table for place, table in enumerate(tables) if place == 0 or _is_shown(report, table)]
    sheets = [_table_sheet(report, table, style, register) for table in kept]
    return [_cover(report, style, register), *sheets] if style.head == "cover" else sheets


def _is_shown(report: Report, table: Table) -> bool:
    """People leave a second sheet without rows in the workbook, or delete it; one that stays as it was says so."""
    is_told = table.id in report.unchanged and not report.is_unchanged
    return bool(report.rows.get(table.id)) or is_told or happens(50, *report.key, table.id)


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


def _table_sheet(
    report: Report, table: Table, style: Style, register: Register, name: str | None = None, *, is_hidden: bool = False
) -> Sheet:
    body = Body(report, table, style, register, shown_fields(report, table, style))
    top = _top(body)
    lines = [*top.lines, *body.lines(), *notes_of(report, style, register, body.width)]
    hidden = body.hidden_line
    return Sheet(
        name or (table.sheets or (table.title,))[0],
        tuple(lines),
        merged=top.merged,
        hidden_rows=frozenset() if hidden is None else frozenset({len(top.lines) + hidden}),
        is_hidden=is_hidden,
    )


def _top(body: Body) -> _Top:
    """Titles, head and headings; groups of headings need a line of their own above."""
    above = top_rows(body.report, body.table.title, body.style, body.register, body.width)
    texts = headings(body.report, body.table, body.fields, body.style)
    groups = group_above(body.report, body.fields)
    if not any(groups):
        return _Top([*above, body.line("序号", texts, kind="heading")])
    in_group = {name for group in body.report.quirks.groups.values() for name in group}
    upper = [group if name in in_group else text for name, text, group in zip(body.fields, texts, groups, strict=True)]
    lower = [text if name in in_group else None for name, text in zip(body.fields, texts, strict=True)]
    lines = [*above, body.line("序号", upper, kind="heading"), body.line(None, lower, kind="heading")]
    return _Top(lines, tuple(_merges(body, len(above), groups, in_group)))


def _merges(body: Body, row: int, groups: Sequence[str | None], in_group: set[str]) -> list[tuple[int, int, int, int]]:
    """Headings without a group reach over both lines, groups over their columns."""
    first = int(body.style.has_numbering)
    high = [*range(first), *(first + place for place, name in enumerate(body.fields) if name not in in_group)]
    wide = [
        (row, first + place, row, first + place + len(body.report.quirks.groups[group]) - 1)
        for place, group in enumerate(groups)
        if group
    ]
    return [*((row, column, row + 1, column) for column in high), *wide]
