"""``huizong month`` and ``huizong withdraw``: what administrators do to the reports of a month, and the book of it."""
# ruff: noqa: PLC0415 -- as in flows.cli, nothing heavy is imported before a command needs it

from datetime import datetime
from typing import Annotated

import typer

month_app = typer.Typer(no_args_is_help=True, help="月份封账：封账、解封，放行封账后收到的报表。")

MonthArgument = Annotated[str, typer.Argument(help="月份，如 2021-03")]
ReasonOption = Annotated[str, typer.Option("--reason", help="理由，记入审计记录")]
ByOption = Annotated[str | None, typer.Option("--by", help="经办人，默认登录用户名")]
TodayOption = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="当作这一天办理，默认今天")]


@month_app.command()
def close(month: MonthArgument, reason: ReasonOption, by: ByOption = None, today: TodayOption = None) -> None:
    """封账：此后收到的补报和更正暂存，不计入指标，放行后才生效。"""
    from flows.month_commands import act_of, close

    close(month, act_of(reason, by, today))


@month_app.command()
def reopen(month: MonthArgument, reason: ReasonOption, by: ByOption = None, today: TodayOption = None) -> None:
    """解封：此后收到的报表照常入账；已暂存的仍待放行。"""
    from flows.month_commands import act_of, reopen

    reopen(month, act_of(reason, by, today))


@month_app.command()
def release(
    month: MonthArgument,
    reason: ReasonOption,
    form: Annotated[str | None, typer.Option("--form", help="只放行这张报表，编号或标识，如 F06 或 training")] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="只放行这个单位，代码或名称")] = None,
    by: ByOption = None,
    today: TodayOption = None,
) -> None:
    """放行暂存的报表：通过校验的入账，月份仍然封账。有报表被退回时退出码为 1。"""
    from flows.month_commands import act_of, release

    raise typer.Exit(release(month, act_of(reason, by, today), form, unit))


def withdraw(
    form: Annotated[str, typer.Argument(help="报表的编号或标识，如 F06 或 training")],
    unit: Annotated[str, typer.Argument(help="单位代码或名称")],
    month: MonthArgument,
    reason: ReasonOption,
    by: ByOption = None,
    today: TodayOption = None,
) -> None:
    """撤回一份报表，等于没有报过；以前的时点仍查得到。"""
    from flows.month_commands import act_of, take_out

    take_out(form, unit, month, act_of(reason, by, today))


def audit(
    month: Annotated[str | None, typer.Option("--month", help="只看这个月份的，如 2021-03；默认全部")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON，供程序读取")] = False,
) -> None:
    """审计记录：谁、何时、做了什么、为什么，最新的在最后。"""
    from flows.month_commands import show_audit

    show_audit(month, as_json=as_json)
