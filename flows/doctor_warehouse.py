"""What the doctor looks at in the warehouse: server, tables, rights, the last night, and the archive behind it."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from flows.finding import Finding, ok, problem, warning
from flows.house import connect
from flows.settings import Settings
from schemas.calendar import SHANGHAI
from tasks.archive import copy_in
from tasks.old_files import state_of
from warehouse.engine import Engine
from warehouse.health import LastNight, last_night, rights, server_version, some_files
from warehouse.revision import current_revision, newest_revision
from warehouse.roles import READER

# A night a day, and time for a long one.
_LATE = timedelta(hours=26)
_SAMPLE = 20


def check_warehouse(settings: Settings, moment: datetime) -> Iterator[Finding]:
    """Everything about the warehouse; of one whose tables are not ours no more is asked than that."""
    engine = connect(settings)
    try:
        kind = "外部" if settings.warehouse_url else "内置"
        yield ok("数据库", f"{kind} PostgreSQL {server_version(engine)} 有应答")
        tables = _tables(engine)
        yield tables
        if not tables.advice:
            yield from _rights(engine)
            yield night_finding(last_night(engine), moment)
            yield _archive(engine, settings.archive)
    finally:
        engine.dispose()


def _tables(engine: Engine) -> Finding:
    current, newest = current_revision(engine), newest_revision()
    if current == newest:
        return ok("库表", f"版本 {current}，与本程序一致")
    advice = "先备份，再运行 huizong warehouse migrate"
    if current is None:
        return warning("库表", "还没有建立", "运行 huizong warehouse migrate，或等第一次夜间汇总自动建立")
    return problem("库表", f"版本 {current}，本程序要 {newest}", f"{advice}；若库表更新，请升级 huizong")


def _rights(engine: Engine) -> Iterator[Finding]:
    found = rights(engine)
    if not found.may_write:
        yield problem("权限", "数据库用户不能写入", "请库的所有者运行 huizong warehouse grant-loader 该用户")
    elif found.may_upgrade:
        yield ok("权限", "数据库用户可以写入和升级库表")
    else:
        yield ok("权限", "数据库用户可以写入；升级库表和改单位名录由库的所有者做")
    if not found.has_reader:
        yield warning("权限", f"没有只读角色 {READER}", f"请管理员执行 CREATE ROLE {READER} NOLOGIN，下一夜自动授权")


def night_finding(night: LastNight, moment: datetime) -> Finding:
    """How the last nights went: late only where nights are scheduled."""
    advice = "看 Prefect 页面上的失败原因，处理后运行 huizong run；下一夜也会接着做完"
    if night.failure:
        return problem("夜间汇总", f"最近一次失败：{night.failure}", advice)
    if night.finished_at is None:
        return warning("夜间汇总", "还没有跑完过一次", "运行 huizong run，或启动 huizong serve 等到 02:00")
    what = f"最近一次跑完是 {night.finished_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    missed = int((moment - night.finished_at) / timedelta(days=1))
    if moment - night.finished_at <= _LATE:
        return ok("夜间汇总", what)
    if not night.is_scheduled:
        return warning("夜间汇总", f"{what}，没有定时运行过", "启动 huizong serve，每天 02:00 自动运行")
    return problem(
        "夜间汇总", f"{what}，已漏 {missed} 夜", "启动 huizong serve，再运行 huizong run 补做；下一夜也会一并补做"
    )


def _archive(engine: Engine, archive: Path) -> Finding:
    """A few files by chance: are their bytes what arrived."""
    files = some_files(engine, _SAMPLE)
    found = [(copy, state_of(copy, file.sha256)) for file in files for copy in [copy_in(archive, file.archive)]]
    states = Counter(state for _, state in found)
    bad = [copy for copy, state in found if state in ("missing", "damaged")]
    if not bad:
        return ok("原始文件", f"抽查 {len(files)} 个，完好 {states['whole']} 个，依法已删 {states['deleted']} 个")
    what = f"抽查 {len(files)} 个，缺失 {states['missing']} 个，损坏 {states['damaged']} 个，如 {bad[0]}"
    return problem("原始文件", what, "从备份取回 archive 文件夹里的同名文件，放回原处，检查磁盘")
