"""The night on one screen: collect, read, validate, load, feed back, compute, gate, publish."""

import logging
from importlib.metadata import version

from prefect import flow

from flows import steps
from flows.artifacts import leave_artifacts
from flows.events import tell_event
from flows.night import NightReport, NightRequest
from flows.progress import Stage
from flows.reading import read_ahead, start_readers
from flows.recorded import recorded
from flows.runner import task_runner
from flows.settings import load_settings
from flows.tell import is_of_today, tell_night
from flows.trouble import tell_trouble
from schemas.as_of import moment_of
from warehouse.runs import finish_run, nights_before, what_came

ANY_NIGHT = NightRequest()
_log = logging.getLogger(__name__)


@flow(
    name="nightly",
    description="每夜汇总：收文、读表、校验、入库、退回、计算、审核、发布",
    task_runner=task_runner(),
    on_failure=[tell_trouble],
    on_crashed=[tell_trouble],
)
def nightly(request: NightRequest = ANY_NIGHT) -> NightReport:
    """One night: what arrived since the last one, whenever that was.

    A report month after the day on which it runs is an error. What an earlier day brings is recorded as of its night.

    Args:
        request: 平时不用填，每夜自动运行。
    """
    settings = load_settings()
    day, moment = request.day, moment_of(request.today)
    opening = Stage("打开数据仓库", 1)
    house = steps.open_step(settings, moment)
    opening.advance()
    with recorded(house.engine, day) as run_id:
        start_readers(settings)
        before = nights_before(house.engine, run_id)
        collected = steps.collect_step(house.engine, settings.sources, settings.means)
        for each in collected.down:
            tell_event("source.down", each.source, {"source": each.source, "reason": each.reason})
        arrived = collected.files
        _log.info(
            "run=%d files=%d down=%d waiting=%d", run_id, len(arrived), len(collected.down), len(collected.waiting)
        )
        loading = Stage("读表、校验、入库", len(arrived))
        loaded, unreadable = [], 0
        for batch in read_ahead(arrived, settings, house.register, day):
            loaded.append(steps.load_step(house.engine, batch, moment, run_id))
            unreadable += batch.unreadable
            _log.info("run=%d %s unreadable=%d", run_id, loaded[-1], batch.unreadable)
            loading.advance(len(batch.files))
        returned = steps.return_step(house, tells=is_of_today(request.today))
        forgotten = steps.forget_step(house, day, moment) if settings.personal_months else 0
        publishing = Stage("计算、审核、发布指标", 1)
        published = steps.publish_step(house.engine, version("huizong"), moment, day, settings.data_docs)
        publishing.advance()
        _log.info("run=%d %s", run_id, published)
        bulletin = steps.bulletin_step(house, day) if published.values else None
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
            bulletin=str(bulletin) if bulletin else None,
            missed=before.missed,
            unfinished=before.unfinished,
            sources_down=collected.down,
            waiting=collected.waiting,
            returned=returned.written,
            unreturned=returned.troubles,
            forgotten=forgotten,
            findings=tuple(finding.said for finding in published.findings),
            data_docs=str(settings.data_docs / "index.html") if published.publication_id else None,
        )
        finish_run(house.engine, run_id, report.as_json())
    report = tell_night(house, report, run_id, request.today)
    leave_artifacts(report, what_came(house.engine, run_id), house.register)
    return report
