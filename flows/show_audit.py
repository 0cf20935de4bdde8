"""The book of administrative acts as people read it."""

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.markup import escape

from flows.show import new_table
from schemas.form import load_forms
from warehouse.audit import AuditLine

_ACTS: Mapping[str, str] = {
    "close": "封账",
    "reopen": "解封",
    "release": "放行",
    "withdraw": "撤回",
    "units import": "导入单位",
    "grant reader": "授予只读",
    "grant loader": "授予入库",
    "forget people": "清除个人信息",
}


def audit_table(lines: Sequence[AuditLine], out: Console) -> None:
    """One line an act, newest last."""
    if not lines:
        out.print("没有审计记录。")
        return
    table = new_table("审计记录")
    for heading in ("序号", "时间", "经办人", "事项", "月份", "单位", "报表", "理由", "内容"):
        table.add_column(heading, overflow="fold", no_wrap=heading in ("序号", "月份", "报表"))
    for line in lines:
        table.add_row(
            str(line.audit_id),
            line.recorded_at,
            escape(line.who),
            _ACTS.get(line.what, escape(line.what)),
            line.month or "",
            line.unit_code or "",
            load_forms()[line.form].code if line.form else "",
            escape(line.why),
            escape(_detail(line)),
        )
    out.print(table)


def _detail(line: AuditLine) -> str:
    """What the act was about beside its month, unit and form."""
    told = {"submissions": "报表", "rows": "行数", "changed": "单位", "role": "角色", "before": "早于", "cells": "格数"}
    parts = ((told.get(name, name), value) for name, value in line.detail.items())
    return "；".join(f"{name} {_text(value)}" for name, value in parts)


def _text(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)
