"""``huizong demo``: the sample inbox, the nights over it, and the first-half table."""

import os
from pathlib import Path

from flows import show
from flows.commands import show_indicators
from flows.demo import village_list
from flows.demo.afterwards import BULLETIN
from flows.demo.stages import play
from flows.settings import PREFIX, Settings, SettingsError, load_settings

PERIOD = "2021-H1"
_MARK = "样例数据.txt"
_NEXT = f"""接着可以试：
  打开 reports/2021-06 里的 6 月通报（网页版点任一数字看来源）· huizong report {PERIOD}（半年总结）
  huizong changes {PERIOD}（通报以后变了什么，为什么）
  huizong status 2021-03（已封账，一份更正待放行）
  huizong indicators {PERIOD} --as-known-at {BULLETIN}（通报当日的数）
  huizong trace deaths 2020-H1 · huizong status 2021-04 · huizong run（再跑一次，什么也不变）"""


def run_demo(home: Path | None) -> None:
    """Plays the sample in the home, from the bulletin on June 2021 on, and prints the first-half table.

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
    out = show.console()
    out.print(f"样例收件箱（全部合成）：{inbox}")
    play(settings, inbox, out)
    show_indicators(PERIOD, "340404", "table")
    out.print(_NEXT)


def _refuse_real_data(settings: Settings) -> None:
    """Sample data must never mix with what an office has reported."""
    if settings.warehouse_url:
        raise SettingsError(f"{PREFIX}WAREHOUSE_URL：样例只写入自带的数据库，请先取消这个设置再运行 huizong demo")
    if settings.archive.exists() and not (settings.root / _MARK).exists():
        raise SettingsError(f"{settings.root} 里已有别的数据，样例请另选文件夹：huizong demo --home 文件夹")
