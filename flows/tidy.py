"""What housekeeping does, planned and carried out, for the flow and the command; nothing here imports Prefect."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from flows.house import open_house
from flows.old_runs import count_runs_before, forget_runs_before
from flows.prefect_api import PrefectApi, find_server
from flows.settings import Settings
from schemas.calendar import SHANGHAI
from tasks.archive import copy_in
from tasks.old_files import SETTLED, delete_raw, half_written, sweep
from warehouse.engine import Engine
from warehouse.upkeep import files_before, turn_log, vacuum

# 统计法实施条例 第二十二条: at least two years; here from the last arrival.
KEEP_RAW_DAYS = 2 * 366
_MIB = 2**20


@dataclass(frozen=True)
class Plan:
    """What may be done: ``runs_before`` with how many, None where no server of Prefect was ever started.

    ``raw`` are the old files in our own archive, with their sizes: nothing outside it is ever touched.
    """

    engine: Engine
    server: PrefectApi | None
    runs_before: datetime
    runs: int | None
    raw: Mapping[Path, int]
    half_written: Sequence[Path]

    @property
    def raw_bytes(self) -> int:
        """The size of the old files together."""
        return sum(self.raw.values())


@dataclass(frozen=True)
class Tidied:
    """What was done; ``runs`` is None where there is no server, ``raw`` files are old and ``raw_deleted`` are gone.

    ``half_written`` is what a run that was cut short had left in the archive and where people find its output.
    """

    runs: int | None
    raw: int
    raw_bytes: int
    raw_deleted: int
    half_written: int
    is_vacuumed: bool
    is_log_turned: bool

    @property
    def told(self) -> list[str]:
        """The same in sentences."""
        runs = "没有 Prefect 服务，运行记录没有清理" if self.runs is None else f"删去旧的运行记录 {self.runs} 条"
        raw = f"已满保存期限的原始文件 {self.raw} 个（{self.raw_bytes / _MIB:.1f} MiB），删去 {self.raw_deleted} 个"
        kept = "；设 HUIZONG_DELETE_RAW=true 才会删除" if self.raw > self.raw_deleted else ""
        halves = [f"删去没有写完的临时文件 {self.half_written} 个"] if self.half_written else []
        vacuumed = "内置数据库已整理" if self.is_vacuumed else "外部数据库由它自己的 autovacuum 整理"
        turned = ["内置数据库的日志已转存为 server.log.1"] if self.is_log_turned else []
        return [runs, f"{raw}{kept}", *halves, vacuumed, *turned]


def plan(settings: Settings, moment: datetime) -> Plan:
    """What housekeeping would do now; nothing is changed.

    Raises:
        ServerError: there is a server of Prefect, and it does not answer.
        WarehouseError: no database answers.
    """
    engine, server = open_house(settings).engine, find_server(settings)
    before = moment - timedelta(days=settings.keep_runs_days)
    old = files_before(engine, moment - timedelta(days=KEEP_RAW_DAYS))
    return Plan(
        engine=engine,
        server=server,
        runs_before=before,
        runs=count_runs_before(server, before) if server else None,
        raw={copy: file.size for file in old if (copy := copy_in(settings.archive, file.name)).is_file()},
        half_written=list(half_written(_written_to(settings), moment - SETTLED)),
    )


def carry_out(settings: Settings, planned: Plan, moment: datetime) -> Tidied:
    """Do it; bytes are deleted only where the settings say so."""
    runs = forget_runs_before(planned.server, planned.runs_before) if planned.server else None
    doomed = planned.raw if settings.delete_raw else ()
    for copy in doomed:
        delete_raw(copy, moment)
    for part in planned.half_written:
        sweep(part)
    is_embedded = settings.warehouse_url is None
    if is_embedded:
        vacuum(planned.engine)
    turned = is_embedded and turn_log(settings.root / "postgres")
    halves = len(planned.half_written)
    return Tidied(runs, len(planned.raw), planned.raw_bytes, len(doomed), halves, is_embedded, turned)


def told_plan(planned: Plan, settings: Settings) -> list[str]:
    """The plan in sentences."""
    before = f"{planned.runs_before.astimezone(SHANGHAI):%Y-%m-%d}"
    runs = "没有 Prefect 服务" if planned.runs is None else f"{before} 以前结束的运行记录 {planned.runs} 条，将删去"
    fate = "将删去" if settings.delete_raw else "只列出；设 HUIZONG_DELETE_RAW=true 才会删除"
    raw = f"已满保存期限的原始文件 {len(planned.raw)} 个（{planned.raw_bytes / _MIB:.1f} MiB），{fate}"
    halves = [f"没有写完的临时文件，将删去：{part}" for part in planned.half_written]
    return [runs, raw, *(f"  {copy}" for copy in planned.raw), *halves]


def _written_to(settings: Settings) -> tuple[Path, ...]:
    """The folders in which a run writes beside the place of a file or folder."""
    return settings.archive, settings.outbox, settings.reports, settings.data_docs
