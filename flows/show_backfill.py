"""A backfill as an administrator reads it: the reports that come out otherwise, the values, and what to do next."""

from rich.console import Console
from rich.markup import escape

from flows.backfill_report import BackfillReport, ChangedSubmission, ChangedValue
from flows.show import new_table
from schemas.period import Period
from schemas.wording import display_value
from warehouse.register import load_indicators

_OUTCOMES = {
    "accepted": "改为接收",
    "changed": "内容有变",
    "moved": "改了归属",
    "rejected": "改为退回",
    "held": "暂存，内容有变",
    "superseded": "无误，已有更新版本",
    "identical": "无误，与现行的相同",
}


def backfill_report(report: BackfillReport, out: Console) -> None:
    """Everything that changed or would change, and one line that sums it up."""
    if report.submissions:
        _submission_table(report, out)
    if values := [each for each in report.values if not each.dimension]:
        _value_table(values, out)
    if parts := len(report.values) - len(values):
        out.print(f"另有分组指标 {parts} 个值有变化，见 --json。")
    for gone in report.missing:
        out.print(
            f"归档里没有完好的原始文件，未能核对，维持现状：{gone.month or '月份不明'} {gone.unit_code or '单位不明'} "
            f"{gone.form_code} {escape(gone.file)}"
        )
    out.print(_summary(report))


def as_markdown(report: BackfillReport) -> str:
    """The same for Prefect's page, which more people see: without names of files and what is said of their cells."""
    lines = [_summary(report), "", "| 月份 | 单位 | 报表 | 结果 | 行数 |", "|---|---|---|---|---|"]
    lines += [
        f"| {each.month} | {each.unit_name or '单位不明'} | {each.form_code} "
        f"| {_OUTCOMES[each.outcome]} | {_rows(each)} |"
        for each in report.submissions
    ]
    lines += ["", "| 期间 | 指标 | 单位 | 原值 | 新值 |", "|---|---|---|---|---|"]
    lines += [
        f"| {Period.parse(each.period).title} | {each.code} {each.name} | {each.unit_name} | {before} | {after} |"
        for each in report.values
        if not each.dimension
        for before, after in (_figures(each),)
    ]
    return "\n".join(lines)


def _submission_table(report: BackfillReport, out: Console) -> None:
    table = new_table("会有变化的报表" if report.dry_run else "有变化的报表")
    for heading in ("月份", "单位", "报表", "结果", "行数", "文件", "原因"):
        table.add_column(heading, overflow="fold", no_wrap=heading in ("月份", "报表", "行数"))
    for each in report.submissions:
        table.add_row(
            each.month,
            each.unit_name or "单位不明",
            each.form_code,
            _OUTCOMES[each.outcome],
            _rows(each),
            escape(each.file),
            escape(each.message or ""),
        )
    out.print(table)


def _rows(each: ChangedSubmission) -> str:
    return f"{each.rows}" if each.rows_before == each.rows else f"{each.rows_before} → {each.rows}"


def _value_table(values: list[ChangedValue], out: Console) -> None:
    table = new_table("指标的变化")
    for heading in ("期间", "编号", "指标", "单位", "原值", "新值"):
        is_figure = heading in ("原值", "新值")
        table.add_column(heading, overflow="fold", justify="right" if is_figure else "left", no_wrap=is_figure)
    for each in values:
        table.add_row(Period.parse(each.period).title, each.code, each.name, each.unit_name, *_figures(each))
    out.print(table)


def _figures(each: ChangedValue) -> tuple[str, str]:
    """Both values as they are written; an indicator that is there no more has no unit of measure."""
    indicator = load_indicators().get(each.indicator)
    measure, decimals = (indicator.unit, indicator.decimals) if indicator else ("", 2)
    return display_value(each.before, measure, decimals), display_value(each.after, measure, decimals)


def _summary(report: BackfillReport) -> str:
    months = f"{report.from_month} 至 {report.to_month}"
    counts = f"报表 {len(report.submissions)} 份、指标 {len(report.values)} 个值"
    if report.dry_run:
        return f"预演 {months}：{counts}会有变化。没有写入任何数据；去掉 --dry-run 即正式回填。"
    if report.left:
        return (
            f"第 {report.backfill} 次回填已完成 {len(report.done)} 个月，还剩 {len(report.left)} 个月；"
            f"接着做：huizong backfill --resume {report.backfill}"
        )
    return f"第 {report.backfill} 次回填（{months}）完成：{counts}有变化。"
