"""The reporting of a month as people see it: who reported, what is held, what went back, what could not be placed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.text import Text

from flows.show import new_table
from schemas.calendar import SHANGHAI
from schemas.period import Period

_RECEIVED = ("accepted", "zero", "unchanged")
_STATES: Mapping[str, str] = {
    "accepted": "[green]已报[/]",
    "zero": "[green]零报告[/]",
    "unchanged": "[green]无变化[/]",
    "held": "[yellow]封账待处理[/]",
    "rejected": "[red]退回[/]",
    "withdrawn": "[red]已撤回[/]",
    "missing": "[red]未报[/]",
}


def status_table(period: Period, found: Mapping[str, Any], out: Console) -> None:
    """Unit by form: reported, zero, late, missing, sent back; then what is held, and files that could not be placed.

    ``found`` is what ``huizong status --json`` prints.
    """
    table = new_table(f"{period.title}报送情况")
    if found["closed"]:
        table.caption, table.caption_justify = f"{period.title}已封账", "left"
    for heading in ("单位", "报表", "状态", "收到", "截止", "行数", "错误"):
        table.add_column(heading, overflow="fold", no_wrap=heading != "单位")
    for line in found["units"]:
        table.add_row(*_cells(line))
    out.print(table)
    out.print(_summary(found["units"]))
    for held in found["held"]:
        out.print(_held(held, period), soft_wrap=True)  # whole, to be copied
    for line in found["units"]:
        if line["message"]:
            out.print(f"[red]退回[/] {_who(line)}：{escape(line['message'])}" + _further(line["errors"]))
    for file in found["unplaced"]:
        out.print(f"[red]无法归属的文件[/] {escape(str(file['name']))}：{escape(str(file['message']))}")


def _cells(line: Mapping[str, Any]) -> tuple[str | Text, ...]:
    state = _STATES[str(line["state"])] + (" [yellow]迟报[/]" if line["is_late"] else "")
    return (
        line["unit_name"],
        line["form_code"],
        Text.from_markup(state),
        _shown(line["received_at"], "%m-%d %H:%M:%S") if line["received_at"] else "",
        line["due_at"].strftime("%m-%d %H:%M") if line["owed"] else "不要求",
        str(line["rows"]),
        str(line["errors"]),
    )


def _who(line: Mapping[str, Any]) -> str:
    return f"{line['unit_name']} {line['form_code']}"


def _held(line: Mapping[str, Any], period: Period) -> str:
    """What is held, why it was sent, and the command that lets it in."""
    why = f"（{escape(line['correction'])}）" if line["correction"] else ""
    received = _shown(line["received_at"], "%Y-%m-%d %H:%M")
    about = f"第 {line['version']} 版{why}，{line['rows']} 行，{received} 收到，{escape(line['file'])}"
    place = f"{period.label} --form {line['form_code']} --unit {line['unit_code']}"
    return f"[yellow]封账待处理[/] {_who(line)} {about}。放行：huizong month release {place} --reason 理由"


def _shown(moment: datetime, pattern: str) -> str:
    return moment.astimezone(SHANGHAI).strftime(pattern)


def _further(errors: int) -> str:
    return f"（还有 {errors - 1} 个错误）" if errors > 1 else ""


def _summary(lines: Sequence[Mapping[str, Any]]) -> str:
    owed = [line for line in lines if line["owed"]]
    received = sum(line["state"] in _RECEIVED for line in owed)
    late = sum(line["state"] in _RECEIVED and line["is_late"] for line in owed)
    held = sum(line["state"] == "held" for line in owed)
    waiting = f"封账待处理 {held} 份，" if held else ""
    rest = len(owed) - received - held
    return f"应报 {len(owed)} 份，已报 {received} 份，其中迟报 {late} 份，{waiting}未报、退回或撤回 {rest} 份。"
