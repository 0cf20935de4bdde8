"""What changed since a publication, as people read it: one line a value, and the reports behind it below."""

from collections.abc import Iterator

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from flows.show import new_table
from schemas.period import Period
from schemas.wording import PERCENT, YES_NO, display_value
from warehouse.causes import Cause
from warehouse.changes import ChangedValue, Changes, FigureChange

_KINDS = {
    "correction": "更正",
    "late": "补报",
    "release": "封账后放行",
    "withdrawal": "撤回",
    "backfill": "回填",
    "superseded_elsewhere": "改由其他报表反映",
    "units": "单位变更",
}
_FIGURES = {
    "value": "本期",
    "year_ago": "去年同期",
    "previous": "上期",
    "reports_expected": "应报份数",
    "reports_received": "已报份数",
}
_OF_DIFFERENCES = {PERCENT: "个百分点", YES_NO: ""}
_WITHOUT_REPORT = {"reports_expected": "单位名录或报送要求变更"}
_COUNTED = ("reports_expected", "reports_received")


def changes_table(found: Changes, period: Period, out: Console) -> None:
    """Every changed figure with its causes; none is said too."""
    since, until = found.since, found.until
    span = f"第 {since.publication} 版（{since.day}）至第 {until.publication} 版（{until.day}）"
    if not found.values:
        out.print(f"{period.title}：{span}之间没有变化。")
        return
    table = new_table(f"{period.title}指标变动：{span}")
    for heading in ("编号", "指标", "单位", "项目", "原值", "现值", "增减", "原因"):
        table.add_column(
            heading,
            overflow="fold",
            no_wrap=heading in ("编号", "原值", "现值", "增减"),
            justify="right" if heading in ("原值", "现值", "增减") else "left",
        )
    for value in found.values:
        _add(table, value)
    out.print(table)
    if since.code_version != until.code_version:
        out.print(f"两次发布之间程序由 {since.code_version} 升级为 {until.code_version}，没有列出原因的变动由此而来。")


def _add(table: Table, value: ChangedValue) -> None:
    """One line a figure; the reasons stand at the first figure that they explain."""
    name = value.name + (f"（{value.label}）" if value.label else "")
    told: set[int] = set()
    for figure, change in value.figures.items():
        of = figure if figure in ("year_ago", "previous") else "value"
        new = [cause for cause in value.causes if cause.of == of and id(cause) not in told]
        told |= {id(cause) for cause in new}
        first = figure == next(iter(value.figures))
        table.add_row(
            value.code if first else "",
            escape(name) if first else "",
            escape(value.unit_name) if first else "",
            _FIGURES[figure],
            *_shown(value, figure, change),
            escape("\n".join(map(_reason, new))) or _WITHOUT_REPORT.get(figure, ""),
        )


def _shown(value: ChangedValue, figure: str, change: FigureChange) -> Iterator[str]:
    measure, decimals = ("份", 0) if figure in _COUNTED else (value.measure, value.decimals)
    yield from (display_value(each, measure, decimals) for each in (change.before, change.after))
    if change.difference is None:
        yield ""
    else:
        sign = "+" if change.difference > 0 else ""
        yield sign + display_value(change.difference, _OF_DIFFERENCES.get(measure, measure), decimals)


def _reason(cause: Cause) -> str:
    """谢三村街道 F06 2021-04 第 2 版 更正（+1）：漏计一场."""
    acted = f"（{cause.who}）" if cause.who else ""
    why = "；".join(part for part in (cause.stage, cause.reason) if part)
    added = f"（{cause.numerator:+g}）" if cause.numerator else ""
    said = f"：{why}" if why else ""
    place = f"{cause.unit_name} {cause.form_code} {cause.month} 第 {cause.version} 版"
    return f"{place} {_KINDS[cause.kind]}{added}{acted}{said}"
