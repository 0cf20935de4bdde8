"""The night on one screen: collect, read, validate, load, compute, gate, publish."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from importlib.metadata import version

from prefect import flow

from flows import steps
from flows.progress import Stage
from flows.settings import load_settings
from schemas.as_of import moment_of
from schemas.calendar import SHANGHAI
from tasks.collect import in_batches
from warehouse.runs import finish_run, start_run


@dataclass(frozen=True)
class NightReport:
    """What a night did: new files, submissions by verdict, rows loaded, values published and changed.

    ``held`` are those that came for closed months.
    """

    files: int
    accepted: int
    rejected: int
    identical: int
    held: int
    unreadable: int
    rows: int
    values: int
    changed: int
    publication: int | None

    @property
    def has_rejects(self) -> bool:
        """Whether something goes back to its sender."""
        return self.rejected + self.unreadable > 0


@flow(name="nightly", description="每夜汇总：收文、读表、校验、入库、计算、审核、发布")
def nightly(inbox: list[str] | None = None, today: date | None = None) -> NightReport:
    """One night.

    Args:
        inbox: folders or fsspec URLs to collect from; without it those of the settings.
        today: the day on which it runs; a report month after it is an error. What an earlier day brings is recorded
            as of its night.
    """
    settings = load_settings()
    day, moment = today or datetime.now(SHANGHAI).date(), moment_of(today)
    opening = Stage("打开数据仓库", 1)
    house = steps.open_step(settings, moment)
    run_id = start_run(house.engine, day)
    opening.advance()
    arrived = steps.collect_step(inbox or settings.sources, settings.archive, steps.known_step(house.engine))
    loading = Stage("读表、校验、入库", len(arrived))
    loaded, unreadable = [], 0
    for files in in_batches(arrived, settings.batch_files):
        raw = steps.read_step(files, house.register, day)
        batch = steps.validate_step(raw, house.register)
        loaded.append(steps.load_step(house.engine, batch, moment))
        unreadable += batch.unreadable
        loading.advance(len(files))
    publishing = Stage("计算、审核、发布指标", 1)
    published = steps.publish_step(house.engine, version("huizong"), moment, day)
    publishing.advance()
    report = NightReport(
        files=len(arrived),
        accepted=sum(part.accepted for part in loaded),
        rejected=sum(part.rejected for part in loaded),
        identical=sum(part.identical for part in loaded),
        held=sum(part.held for part in loaded),
        unreadable=unreadable,
        rows=sum(part.rows for part in loaded),
        values=published.values,
        changed=published.changed,
        publication=published.publication_id,
    )
    finish_run(house.engine, run_id, asdict(report))
    return report
