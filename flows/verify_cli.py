"""``huizong verify``: what is stored, held against what it was made of."""
# ruff: noqa: PLC0415 -- as in flows.cli, nothing heavy is imported before a command needs it

from typing import Annotated

import typer


def verify(
    parts: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PART]...",
            help="核对什么：archive 归档的字节，facts 数据与归档，mart 指标与数据，publications 各次发布；默认全部",
        ),
    ] = None,
    sample: Annotated[
        int | None, typer.Option("--sample", help="每类最多抽查多少个；默认 200", min=1, max=1_000_000)
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="全部核对，不抽查")] = False,
    seed: Annotated[str | None, typer.Option("--seed", help="抽样的种子，抽到与那一次同样的；默认随机")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON，供程序读取")] = False,
) -> None:
    """核对：归档、数据、指标、历次发布是否相符，哪里不符、怎么办。什么也不改。有损坏时退出码为 1。"""
    from flows.settings import SettingsError
    from flows.verify_command import run_verify
    from flows.verifying import USUAL
    from warehouse.integrity import Sample, new_seed

    if everything and sample is not None:
        raise SettingsError("--all 和 --sample 只能写一个")
    size = None if everything else sample or USUAL
    raise typer.Exit(run_verify(parts or (), Sample(size, seed or new_seed()), as_json=as_json))
