"""The ``huizong`` command line. Exit 0 fine, 1 the input has errors, 2 wrong use or settings.

Nothing heavy is imported before a command needs it: ``--help`` and ``check`` answer without Prefect and
Great Expectations.
"""
# ruff: noqa: PLC0415 -- see above

import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from flows.backfill_cli import backfill
from flows.export_cli import export
from flows.month_cli import audit, month_app, withdraw
from flows.units_cli import units_app
from flows.verify_cli import verify
from flows.warehouse_cli import warehouse_app
from tasks.garbage import rare_collections

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="汇总：把乡镇、街道和部门的月度报表汇总成可追溯到单元格的指标。",
)
app.add_typer(month_app, name="month")
app.add_typer(units_app, name="units")
app.add_typer(warehouse_app, name="warehouse")
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON，供程序读取")]
UnitOption = Annotated[str, typer.Option("--unit", help="单位代码或名称，默认全区")]


class OutputFormat(StrEnum):
    """How a table is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class BaseOption(StrEnum):
    """What a value is compared with."""

    LATEST = "latest"
    PUBLISHED = "published"


@app.command()
def demo(home: Annotated[Path | None, typer.Option(help="放样例数据的文件夹，默认 .huizong")] = None) -> None:
    """用合成的样例收件箱跑一整夜，打印 2021 年上半年指标表。"""
    from flows.demo.command import run_demo

    run_demo(home)


@app.command()
def run(
    inbox: Annotated[
        list[str] | None, typer.Option(help="收件箱文件夹或网址，可重复；默认用设置 HUIZONG_INBOX")
    ] = None,
    today: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="当作这一天运行，默认今天")] = None,
    as_json: AsJson = False,
) -> None:
    """现在就跑一夜：收文、校验、入库、计算、发布。有报表被退回或有来源收不到时退出码为 1。"""
    from flows.commands import run_night

    raise typer.Exit(run_night(inbox, today.date() if today else None, as_json=as_json))


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(help="要检查的文件或文件夹")],
    as_json: AsJson = False,
    annotate: Annotated[
        Path | None, typer.Option(help="把标注了问题的副本写进这个文件夹，报表本身不改动", file_okay=False)
    ] = None,
) -> None:
    """检查报表而不入库，一次列出全部问题。有错误时退出码为 1。"""
    from flows.check import check_files

    raise typer.Exit(check_files(files, as_json=as_json, annotate=annotate))


@app.command()
def template(
    out: Annotated[Path, typer.Option("--out", help="放模板的文件夹，没有就新建")],
    forms: Annotated[
        list[str] | None, typer.Argument(metavar="[FORM]...", help="报表编号或标识，如 F05；默认该单位应报的全部")
    ] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="单位代码或名称，填进封面；默认空着")] = None,
    month: Annotated[str | None, typer.Option("--month", help="月份，如 2021-03，填进封面；默认空着")] = None,
) -> None:
    """写出空白的报表模板（.xlsx）；写明单位和月份的，预填上月未销号的隐患和上月现状。"""
    from flows.template_command import write_templates

    write_templates(forms or [], out, unit, month)


@app.command()
def status(
    month: Annotated[str, typer.Argument(help="月份，如 2021-03")],
    as_json: AsJson = False,
) -> None:
    """谁已报、谁迟报、谁未报、哪些被退回、哪些封账待处理。"""
    from flows.status_command import show_status

    show_status(month, as_json=as_json)


@app.command()
def remind(
    month: Annotated[str | None, typer.Option("--month", help="只问这个月份，如 2021-03；默认全部未封账的月份")] = None,
    today: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="看这一天会提醒什么，须与 --dry-run 同用；默认今天")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只打印会发的内容，什么也不发、不记")] = False,
    as_json: AsJson = False,
) -> None:
    """提醒逾期未报、被退回的单位，并向管理员发小结。每天至多一次。有发不出去的消息时退出码为 1。"""
    from flows.remind_command import remind

    raise typer.Exit(remind(month, today.date() if today else None, is_dry_run=dry_run, as_json=as_json))


@app.command()
def indicators(
    period: Annotated[str, typer.Argument(help="2021-03、2021-Q1、2021-H1、2021 或 2021-03-ytd")],
    unit: UnitOption = "340404",
    output: Annotated[OutputFormat, typer.Option("--format", help="输出格式")] = OutputFormat.TABLE,
    as_known_at: Annotated[
        str | None,
        typer.Option(help="按当时所知计算：2021-07-08（到这一天结束）或 2021-07-08T09:30:00；默认打印已发布的"),
    ] = None,
    base: Annotated[
        BaseOption, typer.Option(help="同比基数：latest 去年同期的最新值（可比口径），published 去年通报时公布的值")
    ] = BaseOption.LATEST,
    parts: Annotated[bool, typer.Option("--parts", help="表格里列出各分组（行业、专项行动、重点时段等）")] = False,
    as_json: AsJson = False,
) -> None:
    """打印已发布的指标，附同比、环比和报送情况。"""
    from flows.commands import show_indicators

    show_indicators(
        period, unit, OutputFormat.JSON if as_json else output, as_known_at, base=base.value, with_parts=parts
    )


@app.command()
def trace(
    indicator: Annotated[str, typer.Argument(help="指标的标识或编号，如 deaths 或 ACC02")],
    period: Annotated[str, typer.Argument(help="期间，写法同 indicators")],
    unit: UnitOption = "340404",
    part: Annotated[str | None, typer.Option("--part", help="只看一个分组，如 sector=construction")] = None,
    as_json: AsJson = False,
) -> None:
    """列出一个数字背后的每个文件、工作表、行和单元格。"""
    from flows.commands import show_trace

    show_trace(indicator, period, unit, part, as_json=as_json)


@app.command()
def changes(
    period: Annotated[str, typer.Argument(help="期间，写法同 indicators")],
    since: Annotated[
        int | None, typer.Option(help="与第几次发布相比；默认该期间通报时（次月第 8 个工作日）的那一次")
    ] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="只看这个单位，代码或名称；默认全部")] = None,
    as_json: AsJson = False,
) -> None:
    """通报以后哪些指标变了、变了多少、因哪份报表、什么理由。"""
    from flows.changes_command import show_changes

    show_changes(period, since, unit, as_json=as_json)


@app.command()
def report(
    period: Annotated[str, typer.Argument(help="月份（2021-06）写通报，半年（2021-H1）或年（2021）写总结")],
    unit: UnitOption = "340404",
    out: Annotated[Path | None, typer.Option(help="写到哪个文件夹，默认 <home>/reports/期间")] = None,
) -> None:
    """写月度通报（网页、Word、Excel）或半年、年度总结（Word），每个数字都可追溯。"""
    from flows.report_command import write_report

    write_report(period, unit, out)


@app.command()
def explain(
    indicator: Annotated[
        str | None, typer.Argument(help="指标的标识或编号，如 deaths 或 ACC02；不写则打印全部指标的说明（Markdown）")
    ] = None,
    unit: UnitOption = "340404",
    as_json: AsJson = False,
) -> None:
    """说明一个指标：口径、来源列、依据、计算语句和最近的值。"""
    from flows.explain import show_indicator, show_page

    if indicator is None:
        show_page(as_json=as_json)
    else:
        show_indicator(indicator, unit, as_json=as_json)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="监听地址；0.0.0.0 让别的机器也能打开页面")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="监听端口", min=1, max=65535)] = 4200,
) -> None:
    """在一台机器上常驻：Prefect 页面、每夜汇总和催报的日程、执行进程。"""
    from flows.serve_command import run_serve

    raise typer.Exit(run_serve(host, port))


@app.command()
def doctor(as_json: AsJson = False) -> None:
    """体检：设置、磁盘、收件箱、数据仓库、日历、Prefect 服务，并说明怎么办。有问题时退出码为 1。"""
    from flows.doctor import run_doctor

    raise typer.Exit(run_doctor(as_json=as_json))


@app.command()
def housekeeping(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只列出，什么也不改")] = False,
    as_json: AsJson = False,
) -> None:
    """清理：删去旧的运行记录，列出（或删除）已满保存期限的原始文件，整理内置数据库。"""
    from flows.housekeeping_command import preview_housekeeping, run_housekeeping

    if dry_run:
        preview_housekeeping(as_json=as_json)
    else:
        run_housekeeping(as_json=as_json)


app.command()(backfill)
app.command()(verify)
app.command()(withdraw)
app.command()(audit)
app.command()(export)


def main() -> None:
    """The entry point: what is wrong with the settings or the machine is one line and exit code 2."""
    try:
        with rare_collections():
            app()
    except Exception as error:
        if not _is_explained(error):
            raise
        sys.stderr.write(f"{error}\n")
        sys.exit(2)


def _is_explained(error: Exception) -> bool:
    """Whether the message is written for the person at the keyboard; told by name, to import nothing."""
    explained = {
        "ArchiveError",
        "AsOfError",
        "CalendarEndsError",
        "ContactsError",
        "FormError",
        "HandoutError",
        "IndicatorError",
        "OutputError",
        "PeriodError",
        "ServeError",
        "ServerError",
        "SettingsError",
        "SourceError",
        "SummaryError",
        "UnitError",
        "WarehouseError",
    }
    return bool(explained & {kind.__name__ for kind in type(error).__mro__})
