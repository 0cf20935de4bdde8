"""What units are told: everything that is late, in one message that every channel takes whole."""

from dataclasses import replace
from datetime import date

from schemas.form import load_forms
from tasks.letters import MOST_BYTES, reminders
from tasks.notify import unusable
from tasks.outstanding import Late

DAY = date(2021, 4, 20)
LATE = Late(
    unit_code="340404001",
    unit_name="谢家集街道",
    form="training",
    form_code="F06",
    form_title="安全教育培训台账",
    month=date(2021, 3, 1),
    due_on=date(2021, 4, 9),
    days_late=11,
    state="missing",
    errors=0,
    message=None,
)
BACK = replace(
    LATE, form="drill", form_code="F08", form_title="演练", state="rejected", errors=3, message="第 3 行错。"
)


def body(*late: Late) -> str:
    (only,) = reminders(late, DAY)
    return only.letter.body


def test_a_missing_report_is_told_with_its_month_due_day_and_delay() -> None:
    assert "· 2021年3月（2021年4月9日 截止，已逾期 11 天）未报：F06 安全教育培训台账" in body(LATE)


def test_reports_of_one_month_and_due_day_are_one_line() -> None:
    other = replace(LATE, form_code="F07", form_title="宣传活动台账")
    assert "未报：F06 安全教育培训台账、F07 宣传活动台账" in body(LATE, other)


def test_a_rejected_report_is_told_with_its_first_message() -> None:
    assert "F08 演练（2021年4月9日 截止，已逾期 11 天）被退回，有 3 个错误，第一个：第 3 行错。改好后重报" in body(BACK)


def test_a_withdrawn_report_is_asked_for_again() -> None:
    assert "F06 安全教育培训台账（2021年4月9日 截止，已逾期 11 天）已撤回" in body(replace(LATE, state="withdrawn"))


def test_numbers_of_persons_in_a_message_stay_in_the_house() -> None:
    said = body(replace(BACK, message="「张三 13912345678 110101199003070118」不是数字"))
    assert "***" in said
    assert not [number for number in ("13912345678", "110101199003070118") if number in said]


def test_each_unit_has_a_letter_of_its_own() -> None:
    other = replace(LATE, unit_code="340404002", unit_name="蔡家岗街道")
    assert [each.unit_name for each in reminders((LATE, other), DAY)] == ["谢家集街道", "蔡家岗街道"]


def test_all_forms_of_a_month_fit_into_one_message() -> None:
    everything = [
        replace(LATE, form_code=form.code, form_title=form.title, due_on=date(2021, 4, 1 + place))
        for place, form in enumerate(load_forms().values())
    ]
    said = body(*everything)
    assert all(f"{form.code} {form.title}" in said for form in load_forms().values())
    assert len(said.encode()) <= MOST_BYTES


def test_what_does_not_fit_is_counted() -> None:
    many = [replace(BACK, month=date(2020, 1 + month, 1), message="错" * 50) for month in range(12)]
    said = body(*many)
    shown = said.count("被退回，")
    assert f"另有 {12 - shown} 项" in said
    assert len(said.encode()) <= MOST_BYTES


def test_the_services_of_the_office_are_known_and_others_are_refused_by_their_number() -> None:
    known = ("wecombot://abc", "dingtalk://abcdef0123456789", "feishu://abc-def", "mailto://u:p@example.com")
    assert unusable(known) is None
    assert [unusable((*known, wrong)) for wrong in ("wecmbot://abc", "wecombot://")] == [5, 5]
