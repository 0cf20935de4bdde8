"""``huizong demo``: the sample inbox, a whole night over it, and the first-half table."""

import os
from pathlib import Path

from flows import show
from flows.commands import night, show_indicators
from flows.demo import TODAY, village_list, write_inbox
from flows.settings import PREFIX, Settings, SettingsError, load_settings

PERIOD = "2021-H1"
_MARK = "样例数据.txt"


def run_demo(home: Path | None) -> None:
    """Writes the sample inbox into the home, runs a night over it and prints the first-half table.

    Raises:
        SettingsError: the home holds other data, or the settings point to a warehouse of its own.
    """
    if home is not None:
        os.environ[f"{PREFIX}HOME"] = str(home)
    settings = load_settings()
    _refuse_real_data(settings)
    inbox = settings.root / "inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    (settings.root / _MARK).write_text("本文件夹里全部是合成的样例数据，不是真实报表。\n", encoding="utf-8")
    (settings.root / "units.toml").write_text(village_list(), encoding="utf-8")
    write_inbox(inbox)
    out = show.console()
    out.print(f"样例收件箱（全部合成）：{inbox}")
    show.night_report(night(settings, [str(inbox)], TODAY), out)
    show_indicators(PERIOD, "340404", "table")
    out.print("接着可以试：huizong trace deaths 2020-H1 · huizong status 2021-04 · huizong run（再跑一次，什么也不变）")


def _refuse_real_data(settings: Settings) -> None:
    """Sample data must never mix with what an office has reported."""
    if settings.warehouse_url:
        raise SettingsError(f"{PREFIX}WAREHOUSE_URL：样例只写入自带的数据库，请先取消这个设置再运行 huizong demo")
    if settings.archive.exists() and not (settings.root / _MARK).exists():
        raise SettingsError(f"{settings.root} 里已有别的数据，样例请另选文件夹：huizong demo --home 文件夹")
