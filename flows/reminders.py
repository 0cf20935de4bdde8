"""The flow of the reminders: every day at nine, and by hand on Prefect's page; who is late is told on working days."""

from datetime import date, datetime

from prefect import flow
from prefect.artifacts import create_markdown_artifact
from pydantic import BaseModel, ConfigDict, Field

from flows.events import tell_event
from flows.house import open_house
from flows.remind import Reminder, Reminders, plan_reminders, send_reminders
from flows.settings import load_settings
from flows.trouble import tell_trouble
from schemas.calendar import SHANGHAI


class ReminderRequest(BaseModel):
    """What the page asks before reminders are sent by hand."""

    model_config = ConfigDict(extra="forbid", frozen=True, title="逾期提醒")

    month: date | None = Field(
        default=None,
        title="只问哪个月份",
        description="填这个月的任意一天；不填就是全部未封账的月份。",
        json_schema_extra={"position": 0},
    )
    dry_run: bool = Field(
        default=False,
        title="试运行",
        description="只写出会发的内容，什么也不发、不记。",
        json_schema_extra={"position": 1},
    )


ANY_DAY = ReminderRequest()


@flow(
    name="reminders",
    description="工作日提醒逾期未报、被退回的单位，向管理员发小结",
    on_failure=[tell_trouble],
    on_crashed=[tell_trouble],
)
def reminders(request: ReminderRequest = ANY_DAY) -> None:
    """Remind every unit that is late, once a day; nothing on a day on which offices do not work.

    Args:
        request: 平时不用填，每个工作日自动运行。
    """
    house = open_house(load_settings())
    day = datetime.now(SHANGHAI).date()
    month = request.month.replace(day=1) if request.month else None
    planned = plan_reminders(house, day, month)
    done = planned if request.dry_run else send_reminders(house, planned)
    if planned.is_working_day and not request.dry_run:
        for each in done.units:
            _tell_missing(each)
    create_markdown_artifact(key="reminders", markdown=page(done, is_dry_run=request.dry_run), description="逾期提醒")


def page(done: Reminders, *, is_dry_run: bool) -> str:
    """What the page shows: what the administrators are told; no messages of reports, which may quote cells."""
    said = [done.summary.body] if done.summary else ["没有逾期的报表。"]
    if not done.is_working_day:
        said.append("今天不是工作日，不发提醒。")
    if is_dry_run:
        said.append("试运行：什么也没有发。")
    return "\n\n".join(["# 逾期提醒", *said])


def _tell_missing(each: Reminder) -> None:
    forms = "、".join(f"{late.form_code} {late.month:%Y-%m}" for late in each.told.late)
    told = {"name": each.told.unit_name, "reports": str(len(each.told.late)), "forms": forms}
    tell_event("unit.missing", each.told.unit_code, told)
