"""``huizong warehouse``: where the warehouse is, who may read it, what is in it; its tables and values anew."""
# ruff: noqa: PLC0415 -- as in flows.cli, nothing heavy is imported before a command needs it

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from flows.month_cli import ByOption, ReasonOption

warehouse_app = typer.Typer(no_args_is_help=True, help="数据仓库的管理：地址、迁移、重新计算、授权、数据字典。")


class DictionaryFormat(StrEnum):
    """How the dictionary is written."""

    MD = "md"
    XLSX = "xlsx"


@warehouse_app.command()
def url() -> None:
    """打印数据仓库的地址（不含密码），供报表工具和 psql 连接。"""
    from flows.warehouse_commands import show_url

    show_url()


@warehouse_app.command()
def migrate() -> None:
    """把库表、视图和授权升级到本程序的版本，打印库表版本。重复执行没有影响。"""
    from flows.warehouse_commands import migrate_warehouse

    migrate_warehouse()


@warehouse_app.command()
def recompute() -> None:
    """不用留存的合计，从数据重新计算全部指标，有变化就发布；huizong verify 说指标与数据不符时用。"""
    from flows.verify_command import run_recompute

    run_recompute()


@warehouse_app.command("grant-reader")
def grant_reader(
    name: Annotated[str, typer.Argument(help="已有的数据库登录角色，如 metabase")],
    reason: ReasonOption = "授予 mart 只读",
    by: ByOption = None,
) -> None:
    """让一个登录角色读 mart 架构；只能读，其余都不能看。"""
    from flows.month_commands import act_of
    from flows.warehouse_commands import grant_reader_to

    grant_reader_to(name, act_of(reason, by))


@warehouse_app.command("grant-loader")
def grant_loader(
    name: Annotated[str, typer.Argument(help="已有的数据库登录角色，如 huizong_night")],
    reason: ReasonOption = "授予夜间入库",
    by: ByOption = None,
) -> None:
    """让一个登录角色入库、发布、封账；不能改库表、单位名录和定义。由库的所有者运行。"""
    from flows.month_commands import act_of
    from flows.warehouse_commands import grant_loader_to

    grant_loader_to(name, act_of(reason, by))


@warehouse_app.command()
def dictionary(
    output: Annotated[DictionaryFormat, typer.Option("--format", help="输出格式")] = DictionaryFormat.MD,
    out: Annotated[Path | None, typer.Option(help="写到这个文件；md 默认打印在屏幕上，xlsx 必须给出")] = None,
) -> None:
    """数据字典：mart 架构里每个表、视图和列的类型与中英文说明。"""
    from flows.warehouse_commands import write_dictionary

    write_dictionary(output, out)
