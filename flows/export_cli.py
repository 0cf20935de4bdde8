"""``huizong export``."""
# ruff: noqa: PLC0415 -- as in flows.cli, nothing heavy is imported before a command needs it

from pathlib import Path
from typing import Annotated

import typer


def export(
    view: Annotated[str, typer.Argument(help="mart 里的表或视图，如 figure；写错了会列出全部")],
    out: Annotated[Path, typer.Option(help="写到这个文件，以 .parquet、.csv 或 .xlsx 结尾")],
) -> None:
    """导出 mart 里的一张表或视图：Parquet、CSV（Excel 可直接打开）或 xlsx。"""
    from flows.export_command import export_view

    export_view(view, out)
