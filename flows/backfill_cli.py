"""``huizong backfill``: months read again from the archive."""
# ruff: noqa: PLC0415 -- as in flows.cli, nothing heavy is imported before a command needs it

from typing import Annotated

import typer


def backfill(
    from_month: Annotated[str | None, typer.Argument(metavar="FROM", help="起始月份，如 2020-01")] = None,
    to_month: Annotated[str | None, typer.Argument(metavar="TO", help="截止月份（含），如 2021-06")] = None,
    form: Annotated[str | None, typer.Option("--form", help="只回填这张报表，编号或标识，如 F06 或 training")] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="只回填这个单位，代码或名称")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="预演：只列出会有哪些变化，不写入")] = False,
    resume: Annotated[int | None, typer.Option("--resume", help="接着做中断的回填，写它的序号；不写月份")] = None,
    reopen: Annotated[bool, typer.Option("--reopen", help="已封账的月份也改，改后仍然封账；须写 --reason")] = False,
    reason: Annotated[str | None, typer.Option("--reason", help="理由，记入审计记录")] = None,
    by: Annotated[str | None, typer.Option("--by", help="经办人，默认登录用户名")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON，供程序读取")] = False,
) -> None:
    """回填：按现行的报表定义和规则，从归档重新核对历史月份。有报表改为退回或缺原始文件时退出码为 1。"""
    from flows.backfill_command import request_of, run_backfill

    request = request_of(
        from_month=from_month,
        to_month=to_month,
        form=form,
        unit=unit,
        dry_run=dry_run,
        resume=resume,
        reopen=reopen,
        reason=reason,
        who=by,
    )
    raise typer.Exit(run_backfill(request, as_json=as_json))
