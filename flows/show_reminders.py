"""Reminders as people see them: who was told how, and in a dry run every text."""

from pathlib import Path

from rich.console import Console
from rich.markup import escape

from flows.remind import Reminder, Reminders, channel_names
from flows.show import new_table
from tasks.deliver import Delivery
from tasks.letters import Letter, in_words

_OUTCOMES = {
    "sent": "[green]已发[/]",
    "already": "今天已发过",
    "unclear": "[yellow]不能确认，今天不再发[/]",
    "failed": "[red]没有送达[/]",
}


def reminders_table(done: Reminders, out: Console, *, is_dry_run: bool) -> None:
    """One line a unit; then the texts of a dry run, or what the administrators were told."""
    if done.summary is None:
        out.print(f"截至 {in_words(done.day)}，没有逾期的报表。")
        return
    table = new_table(f"{in_words(done.day)} 逾期报表提醒")
    for heading in ("单位", "逾期份数", "结果"):
        table.add_column(heading, overflow="fold")
    for each in done.units:
        table.add_row(escape(each.told.unit_name), str(len(each.told.late)), _outcome(each))
    out.print(table)
    if not done.is_working_day:
        out.print("这一天不是工作日，不发提醒。", style="yellow")
    if is_dry_run:
        out.print("试运行：什么也没有发。会发的内容：\n")
        for each in done.units:
            _text(each.told.letter, out)
        _text(done.summary, out)
    for delivery in done.administrators:
        out.print(f"管理员 {_said(delivery)}")


def _outcome(each: Reminder) -> str:
    if not each.addresses:
        return "[yellow]没有联系方式[/]"
    return "；".join(map(_said, each.deliveries)) or "、".join(channel_names(each))


def _said(delivery: Delivery) -> str:
    why = f"（{escape(delivery.error)}）" if delivery.error else ""
    return f"{delivery.channel} {_OUTCOMES[delivery.outcome]}{why}"


def _text(letter: Letter, out: Console) -> None:
    out.print(letter.title, style="bold", markup=False, soft_wrap=True)
    out.print(f"{letter.body}\n", markup=False, highlight=False, soft_wrap=True)


def rights_warning(contacts: Path) -> str | None:
    """What to do where others may read the list of contacts, which holds secrets."""
    if contacts.is_file() and contacts.stat().st_mode & 0o077:
        return f"{contacts} 含有密钥，别的用户也能读，请执行 chmod 600 {contacts}"
    return None
