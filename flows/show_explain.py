"""An indicator as people read it: what it is, where it comes from, its SELECT, and what it was last."""

from collections.abc import Iterator, Mapping
from datetime import date

from rich.console import Console
from rich.markup import escape
from rich.syntax import Syntax
from rich.table import Table

from flows.show import new_table
from schemas.indicator_words import BETTER, compared, formula, rolls_up
from schemas.unit import Register
from schemas.wording import display_value
from warehouse.explain import Explanation


def explanation_page(found: Explanation, register: Register, out: Console) -> None:
    """The definition, the SELECT and the last values, which may be none."""
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(no_wrap=True, style="bold")
    table.add_column(overflow="fold")
    for heading, text in _lines(found):
        table.add_row(heading, escape(text))
    out.print(f"[bold]{found.code} {escape(found.name)}[/]（{escape(found.name_en)}，{found.id}）")
    out.print(table)
    out.print("[bold]计算语句[/]")
    out.print(Syntax(found.sql, "sql", background_color="default", word_wrap=True))
    if found.values:
        out.print(_values(found, register))
    else:
        out.print("还没有发布过这个指标的值；收到报表后运行 huizong run。")


def _lines(found: Explanation) -> Iterator[tuple[str, str]]:
    yield "口径", found.definition
    yield "计量单位", f"{found.unit}，显示 {found.decimals} 位小数，{BETTER[found.better]}"
    yield "计算", formula(found.formula, found.factor)
    yield "汇总", rolls_up(found.over_time, found.over_units, found.formula)
    yield "比较", compared(found.compare)
    for each in found.breakdown:
        yield "分组", f"{each.label}（{each.dimension}）：{_members(each.members)}"
    if found.counted:
        yield "取数视图", "、".join(found.counted)
    for source in found.sources:
        yield "来源", f"{source.form_code} {source.form_title}，{source.table_title}（form.{source.table}）"
        if source.columns:
            yield "所用列", "、".join(f"{label}（{name}）" for name, label in source.columns.items())
    if not found.sources:
        yield "来源", "各报表的报送情况"
    yield "依据", "；".join(found.regulations) or "文件和报表都没有写明"


def _members(members: Mapping[str, str]) -> str:
    return "、".join(f"{code} {label}" for code, label in members.items())


def _values(found: Explanation, register: Register) -> Table:
    table = new_table(f"{register.at(found.unit_code, date.max).name}最近的值")
    table.caption, table.caption_justify = f"发布于 {found.as_of}", "left"
    for heading in ("期间", "值", "去年同期", "上期", "比较", "已报/应报"):
        table.add_column(heading, overflow="fold", justify="left" if heading in ("期间", "比较") else "right")
    for value in found.values:
        figures = (value.value, value.year_ago, value.previous)
        shown = (display_value(figure, found.unit, found.decimals) for figure in figures)
        reports = f"{value.reports_received}/{value.reports_expected}"
        table.add_row(value.title, *shown, escape(value.wording), reports)
    return table
