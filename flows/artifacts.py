"""What a night leaves on Prefect's page: what came, by unit and form, and a summary that a person reads in the morning.

No names, no messages: these may quote cells. Those are in ``huizong status``.
"""

from collections.abc import Sequence
from datetime import date

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from flows.night import NightReport
from schemas.form import load_forms
from schemas.period import add_months
from schemas.unit import Register
from warehouse.runs import Brought

# Prefect's page shows a table whole; what a night of corrections brings is far below.
MOST_LINES = 1000


def leave_artifacts(report: NightReport, brought: Sequence[Brought], register: Register) -> None:
    """Write both for the flow run that is running."""
    if brought:
        create_table_artifact(
            key="submissions",
            table=[_line(each, register) for each in brought[:MOST_LINES]],
            description="本夜收到的报送，按单位和报表",
        )
    create_markdown_artifact(key="night", markdown=summary(report, brought, register), description="本夜小结")


def summary(report: NightReport, brought: Sequence[Brought], register: Register) -> str:
    """The night in a few lines of Markdown: counts, publication, what went back, what was made up for."""
    lines = ["# 夜间汇总", "", *(f"- {said}" for said in report.told)]
    lines += [f"- **{said}**" for said in (*report.made_up, *report.untold)]
    if returned := [each for each in brought if each.rejected]:
        lines += ["", "## 退回", "", "| 单位 | 报表 | 月份 | 份数 | 错误 |", "|---|---|---|---:|---:|"]
        lines += [f"| {_where(each, register)} | {each.rejected} | {each.errors} |" for each in returned[:MOST_LINES]]
        lines += ["", "逐条问题：`huizong status 月份`。"]
    return "\n".join(lines)


def _line(each: Brought, register: Register) -> dict[str, object]:
    return {
        "单位": _unit(each, register),
        "报表": _form(each),
        "月份": _months(each.months),
        "接收": each.accepted,
        "退回": each.rejected,
        "封账待处理": each.held,
        "内容相同": each.identical,
        "行数": each.row_count,
        "错误": each.errors,
        "警告": each.warnings,
    }


def _where(each: Brought, register: Register) -> str:
    return f"{_unit(each, register)} | {_form(each)} | {_months(each.rejected_months)}"


def _unit(each: Brought, register: Register) -> str:
    if each.unit_code is None:
        return "（单位不明）"
    known = register.units.get(each.unit_code)
    return known.name if known else each.unit_code


def _form(each: Brought) -> str:
    form = load_forms()[each.form]
    return f"{form.code} {form.title}"


def _months(months: Sequence[date]) -> str:
    """Months as people write them: those in a row by the first and the last."""
    spans: list[list[date]] = []
    for month in months:
        if spans and add_months(spans[-1][-1], 1) == month:
            spans[-1].append(month)
        else:
            spans.append([month])
    written = [f"{span[0]:%Y-%m}" if len(span) == 1 else f"{span[0]:%Y-%m} 至 {span[-1]:%Y-%m}" for span in spans]
    return "、".join(written) or "（月份不明）"
