"""What people see: tables on the terminal, in Chinese."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from schemas.period import Period, add_months
from schemas.unit import Register
from schemas.wording import display_value
from tasks.traced import cells_text, unit_name

if TYPE_CHECKING:
    from flows.night import NightReport
    from flows.units_commands import ListedUnit
    from warehouse.trace import Trace
    from warehouse.values import Report

WIDE = 120
# So many parts of a value stand in a table without being asked for.
FEW = 3


def console() -> Console:
    """Standard output: as wide as the terminal; wide enough for a table where it goes into a file or a pipe."""
    return Console() if sys.stdout.isatty() else Console(width=WIDE)


def new_table(title: str) -> Table:
    """An empty table in the one look of all tables."""
    return Table(title=title, box=box.SIMPLE_HEAD, pad_edge=False, title_style="bold")


def night_report(report: "NightReport", out: Console) -> None:
    """The night in a few lines; a night without news says so."""
    out.print(_what_came(report))
    if report.publication is None:
        out.print(f"指标没有变化（共 {report.values} 个值），沿用上次发布。")
    else:
        out.print(f"已发布第 {report.publication} 版：共 {report.values} 个值，变动 {report.changed} 个。")
    for style, sentences in (
        ("", (*report.issued, *report.audited)),
        ("yellow", (*report.made_up, *report.untold, *report.unreturned)),
        ("red", report.left_out),
    ):
        for said in sentences:
            out.print(f"{escape(said)}。", style=style, highlight=False, soft_wrap=True)
    if report.waiting:
        out.print(f"{escape(report.left_waiting)}。", highlight=False)
    if report.held:
        out.print("已封账月份的报表见 huizong status 月份；放行：huizong month release 月份 --reason 理由。")
    if report.has_rejects:
        out.print("被退回的报表见 huizong status 月份；逐条问题见 huizong check 文件。")


def _what_came(report: "NightReport") -> str:
    if report.files == 0:
        return "没有新文件：没有装载任何数据。"
    return (
        f"新文件 {report.files} 个：接收报表 {report.accepted} 份（{report.rows} 行），"
        f"与已有内容相同 {report.identical} 份，封账待处理 {report.held} 份，"
        f"退回 {report.rejected} 份，无法读取 {report.unreadable} 个文件。"
    )


def indicator_table(
    report: "Report", period: Period, register: Register, caption: str, out: Console, *, with_parts: bool = False
) -> None:
    """The values of a period, one line an indicator; the caption says of when they are.

    Below each its parts, where these are asked for or few.
    """
    title = f"{register.at(report.unit_code, _last_month(period)).name} {period.title}指标"
    table = new_table(title)
    table.caption, table.caption_justify = caption, "left"
    table.add_column("编号", no_wrap=True)
    table.add_column("指标", overflow="fold")
    table.add_column("本期", justify="right", no_wrap=True)
    table.add_column("去年同期", justify="right", no_wrap=True)
    table.add_column("比较", overflow="fold")
    table.add_column("已报/应报", justify="right", no_wrap=True)
    for line in report.indicators:
        reports = f"{line.reports_received}/{line.reports_expected}"
        now, base = (
            display_value(line.value, line.unit, line.decimals),
            display_value(line.year_ago, line.unit, line.decimals),
        )
        table.add_row(line.code, line.name, now, base, escape(line.wording), reports)
        for part in line.breakdown if with_parts or len(line.breakdown) <= FEW else ():
            table.add_row("", f"  其中：{part.label}", display_value(part.value, line.unit, line.decimals), "", "", "")
    out.print(table)
    if silent := dict.fromkeys(name for line in report.indicators for name in line.silent_units):
        out.print(f"有未报的单位，数字为暂定：{escape('、'.join(silent))}")


def published_caption(report: "Report") -> str:
    """Of when the published values are."""
    return f"数据截至 {report.as_of}" if report.as_of else "尚未发布过指标，请先运行 huizong run"


def trace_table(found: "Trace", period: Period, register: Register, out: Console) -> None:
    """Every row behind a value, with the file, the sheet, the row and the cells."""
    table = new_table(
        f"{register.at(found.unit_code, _last_month(period)).name} {period.title} {found.indicator}：{found.value}"
    )
    for heading in ("单位", "月份", "文件", "工作表", "行", "分子", "分母", "单元格"):
        table.add_column(heading, overflow="fold", no_wrap=heading == "月份")
    for row in found.rows:
        unit = unit_name(row, period, register)
        file = PurePath(row.file).name if row.file else "（没有报送行）"
        figures = [str(figure) if figure is not None else "" for figure in (row.row, row.numerator, row.denominator)]
        table.add_row(unit, row.month or "", escape(file), escape(row.sheet or ""), *figures, escape(cells_text(row)))
    out.print(table)


def _last_month(period: Period) -> date:
    return add_months(period.end_on, -1)


def unit_table(units: Sequence["ListedUnit"], out: Console) -> None:
    """Every version of every unit with its span, its parent and what followed it."""
    table = new_table("单位名录")
    for heading in ("代码", "名称", "类型", "上级", "启用", "停用", "继任单位"):
        table.add_column(heading, overflow="fold", no_wrap=heading in ("代码", "启用", "停用"))
    for unit in units:
        followed = "、".join(unit.successors)
        span = (unit.valid_from, unit.valid_to or "")
        table.add_row(unit.code, escape(unit.name), unit.kind, unit.parent or "", *span, followed)
    out.print(table)
