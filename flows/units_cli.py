"""``huizong units``: the register of units, listed and brought up to date from a spreadsheet."""
# ruff: noqa: PLC0415 -- as in flows.cli, nothing heavy is imported before a command needs it

from pathlib import Path
from typing import Annotated

import typer

from flows.month_cli import ByOption

units_app = typer.Typer(no_args_is_help=True, help="单位名录：查看，从表格导入村、社区和单位的撤并、更名。")


@units_app.command("list")
def list_units(as_json: Annotated[bool, typer.Option("--json", help="输出 JSON，供程序读取")] = False) -> None:
    """列出全部单位和它们的有效期、上级和继任单位。"""
    from flows.units_commands import show_units

    show_units(as_json=as_json)


@units_app.command("import")
def import_list(
    file: Annotated[Path, typer.Argument(help="单位名录表格：.xlsx、.xls、.ods 或 .csv")],
    reason: Annotated[str | None, typer.Option("--reason", help="理由，记入审计记录；默认「导入 文件名」")] = None,
    by: ByOption = None,
) -> None:
    """导入单位名录：新的村和社区，单位的合并、拆分、更名和改隶。全部无误才生效。"""
    from flows.month_commands import act_of
    from flows.units_commands import import_units

    raise typer.Exit(import_units(file, act_of(f"导入 {file.name}" if reason is None else reason, by)))
