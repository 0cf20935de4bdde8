"""What is asked and shown of reminders on Prefect's page."""

from datetime import date

from prefect.utilities.callables import parameter_schema

from flows.remind import Reminder, Reminders, _summary
from flows.reminders import page, reminders
from tasks.deliver import Delivery
from tasks.letters import MOST_BYTES, Letter, UnitLetter

DAY = date(2021, 4, 20)
SUMMARY = Letter("逾期报表小结", "逾期报表 3 份")


def test_the_form_asks_in_chinese_and_for_nothing_secret() -> None:
    asked = parameter_schema(reminders).model_dump()["definitions"]["ReminderRequest"]["properties"]
    assert {name: each["title"] for name, each in asked.items()} == {"month": "只问哪个月份", "dry_run": "试运行"}


def test_the_page_says_what_the_administrators_are_told() -> None:
    assert "逾期报表 3 份" in page(Reminders(DAY, is_working_day=True, units=(), summary=SUMMARY), is_dry_run=False)


def test_the_page_says_why_nothing_was_sent() -> None:
    assert "没有逾期的报表" in page(Reminders(DAY, is_working_day=True, units=(), summary=None), is_dry_run=False)
    assert "不是工作日" in page(Reminders(DAY, is_working_day=False, units=(), summary=SUMMARY), is_dry_run=False)
    assert "什么也没有发" in page(Reminders(DAY, is_working_day=True, units=(), summary=SUMMARY), is_dry_run=True)


def test_what_did_not_arrive_is_told_first_and_counted_however_much_it_is() -> None:
    failed = (Delivery("wecombot-1", "failed", "连不上，或对方没有接收"),)
    units = [
        Reminder(UnitLetter(f"3404040{place:02d}", "自然资源和规划局谢家集分局", (), SUMMARY), ("json://a",), failed)
        for place in range(31)
    ]
    told = _summary(units, DAY)
    assert told is not None
    assert told.body.splitlines()[2].startswith("· 没有送达，下次运行再试：")
    assert "等 31 个" in told.body
    assert len(told.body.encode()) <= MOST_BYTES
