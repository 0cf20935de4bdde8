"""What the doctor looks at on the machine itself: the home, the disk, the inboxes, the units and the calendar."""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from flows.finding import Finding, ok, problem, warning
from flows.remind import check_notify
from flows.settings import Settings
from flows.show_reminders import rights_warning
from schemas.calendar import SHANGHAI, last_year
from tasks.collect import check_source

_GIB = 2**30
_FULL_BYTES, _LOW_BYTES = 1 * _GIB, 5 * _GIB
# The State Council announces the holidays of a year in the November before it.
_ANNOUNCED_IN = 11


def check_home(settings: Settings, _moment: datetime) -> Iterator[Finding]:
    """Whether the home can be written to, and how much the disk still holds."""
    there = _nearest(settings.root)
    if not os.access(there, os.W_OK | os.X_OK):
        yield problem("文件夹", f"不能写入 {there}", "用运行 huizong serve 的用户运行，或改正这个文件夹的属主和权限")
    else:
        yield ok("文件夹", f"可以写入 {settings.root}")
    yield _disk(there)


def _nearest(folder: Path) -> Path:
    """The folder, or the first above it that is there."""
    return next(each for each in (folder, *folder.parents) if each.exists())


def _disk(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    what = f"{folder} 所在磁盘还剩 {free / _GIB:.1f} GiB"
    advice = "清出空间或换大磁盘；huizong housekeeping --dry-run 列出依法可以删除的"
    if free < _FULL_BYTES:
        return problem("磁盘", what, advice)
    return warning("磁盘", what, advice) if free < _LOW_BYTES else ok("磁盘", what)


def check_units(settings: Settings, _moment: datetime) -> Iterator[Finding]:
    """Whether the office's own list of units can be read."""
    count = len(settings.register().units)
    own = f"，含本单位的 {settings.own_units}" if settings.own_units.is_file() else ""
    yield ok("单位名录", f"{count} 个单位{own}")


def check_sources(settings: Settings, _moment: datetime) -> Iterator[Finding]:
    """Whether each inbox can be reached and listed, as the night will."""
    for address in settings.sources:
        found = check_source(address, settings.means.known_hosts)
        if found.reason:
            yield problem("收件箱", f"{found.source}：{found.reason}", "按这句话处理；别的来源不受影响")
        else:
            yield ok("收件箱", f"{found.source}：{found.count} 个文件")


def check_calendar(_settings: Settings, moment: datetime) -> Iterator[Finding]:
    """Whether due days of this year and the next can be told."""
    today, last = moment.astimezone(SHANGHAI).date(), last_year()
    advice = f"按国务院办公厅的放假通知把 {last + 1} 年补入 schemas/holidays.toml，或升级 huizong"
    what = f"工作日历到 {last} 年为止"
    if last < today.year:
        yield problem("工作日历", what, advice)
    elif last == today.year and today.month >= _ANNOUNCED_IN:
        # The forms of December fall due in January.
        yield warning("工作日历", what, advice)
    else:
        yield ok("工作日历", what)


def check_font(_settings: Settings, _moment: datetime) -> Iterator[Finding]:
    """Whether the charts of a bulletin can stand in its Word document."""
    from tasks.bulletin.draw import chinese_font  # noqa: PLC0415 -- it takes a second

    if font := chinese_font():
        yield ok("中文字体", f"通报的图用 {font}")
    else:
        yield warning(
            "中文字体", "本机没有，通报的 Word 版里没有图（网页版有）", "安装一种，例如 apt install fonts-noto-cjk"
        )


def check_messages(settings: Settings, _moment: datetime) -> Iterator[Finding]:
    """Whether the addresses of administrators and units can be used; a wrong one is told by its own error."""
    check_notify(settings)
    if settings.notify:
        yield ok("消息", f"管理员有 {len(settings.notify)} 个接收地址")
    else:
        advice = "写上管理员的接收地址，见 docs/operations.md 的 Messages 一节"
        yield warning("消息", "没有设置 HUIZONG_NOTIFY，出了问题没有人会收到", advice)
    told = settings.contacts(settings.register())
    yield ok("消息", f"{len(told)} 个单位有接收地址，逾期时会收到提醒")
    if said := rights_warning(settings.contacts_file):
        yield warning("消息", "通讯录里有密钥", said)
