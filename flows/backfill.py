"""The backfill as a Prefect flow: a task a month, never a subflow, which costs more than the month."""

from uuid import UUID

from prefect import flow, get_run_logger, task
from prefect.artifacts import create_markdown_artifact, create_progress_artifact, update_progress_artifact
from prefect.cache_policies import NO_CACHE

from flows.backfill_report import BackfillReport, report_of
from flows.backfill_request import BackfillRequest
from flows.backfilling import ask, do_month, months_done
from flows.house import open_house
from flows.settings import load_settings
from flows.show_backfill import as_markdown
from warehouse.backfill import Backfill, MonthDone
from warehouse.patience import patiently

month_step = task(name="month", cache_policy=NO_CACHE)(patiently(do_month))


@flow(name="backfill", description="回填：按现行的报表定义和规则，从归档重新核对历史月份")
def backfill(request: BackfillRequest) -> BackfillReport:
    """The months that are asked for, the oldest first; what is done stays done when the run is cancelled."""
    house = open_house(load_settings())
    asked = ask(house, request)
    progress = _begin_progress(asked)
    months: list[MonthDone] = []
    try:
        for done in months_done(house, asked, month_step):
            months.append(done)
            update_progress_artifact(progress, 100 * len(months) / len(asked.left))
    except BaseException:
        get_run_logger().warning("已完成 %d 个月，接着做请填回填的序号：%s", len(months), asked.backfill_id)
        raise
    report = report_of(asked, months, house.register)
    create_markdown_artifact(as_markdown(report), key="backfill", description="回填的变化")
    return report


def _begin_progress(asked: Backfill) -> UUID:
    title = "预演" if asked.backfill_id is None else f"第 {asked.backfill_id} 次回填"
    months = f"{asked.wanted.first:%Y-%m} 至 {asked.wanted.last:%Y-%m}"
    made = create_progress_artifact(0.0, key="backfill-progress", description=f"{title}：{months}")
    assert isinstance(made, UUID)
    return made
