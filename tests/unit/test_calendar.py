"""Working days and due times."""

import tomllib
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from itertools import pairwise

import pytest

from schemas.calendar import CalendarEndsError, due_at, due_months, is_working_day

FIFTH_WORKING_DAYS = {
    "2020-12": "2021-01-08",
    "2021-01": "2021-02-05",
    "2021-02": "2021-03-05",
    "2021-03": "2021-04-08",
    "2021-04": "2021-05-11",
    "2021-05": "2021-06-07",
    "2021-06": "2021-07-07",
    "2021-07": "2021-08-06",
    "2021-08": "2021-09-07",
    "2021-09": "2021-10-13",
    "2021-10": "2021-11-05",
    "2021-11": "2021-12-07",
    "2021-12": "2022-01-10",
}

YEARS = tomllib.loads(resources.files("schemas").joinpath("holidays.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("month", "due_on"), FIFTH_WORKING_DAYS.items())
def test_forms_are_due_on_the_fifth_working_day_at_half_past_five(month: str, due_on: str) -> None:
    due = due_at(date.fromisoformat(f"{month}-01"), 5)

    assert due.isoformat() == f"{due_on}T17:30:00+08:00"


def test_a_due_time_compares_with_utc() -> None:
    due = due_at(date(2021, 6, 1), 5)

    assert due == datetime(2021, 7, 7, 9, 30, tzinfo=UTC)


def test_every_month_whose_forms_fall_due_in_the_years_of_the_table_is_listed_once() -> None:
    months = list(due_months())

    first, last = date(int(min(YEARS)) - 1, 12, 1), date(int(max(YEARS)), 11, 1)
    assert (months[0], months[-1], len(months)) == (first, last, 12 * len(YEARS))
    assert all(due_at(month, 5).year in map(int, YEARS) for month in months)


def test_the_first_working_day_of_october_follows_the_holiday() -> None:
    assert due_at(date(2021, 9, 1), 1).date() == date(2021, 10, 8)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2021, 5, 7), True),
        (date(2021, 5, 8), True),  # a Saturday worked for the Labour Day holiday
        (date(2021, 5, 9), False),
        (date(2021, 5, 5), False),  # a Wednesday off
        (date(2020, 1, 31), False),  # the Spring Festival of 2020, made longer
        (date(2020, 2, 1), False),  # its make-up day, taken back
        (date(2020, 2, 3), True),
    ],
)
def test_a_holiday_is_off_and_its_make_up_day_is_worked(day: date, works: bool) -> None:
    assert is_working_day(day) is works


def test_a_day_beyond_the_table_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(CalendarEndsError, match="没有 2027 年：请按国务院办公厅的放假通知补入") as error:
        due_at(date(2026, 12, 1), 5)

    assert error.value.year == 2027


def test_a_day_before_the_table_is_an_error() -> None:
    with pytest.raises(CalendarEndsError, match="2019"):
        is_working_day(date(2019, 12, 31))


@pytest.mark.parametrize("year", YEARS)
def test_make_up_days_are_weekend_days_outside_the_holidays(year: str) -> None:
    holidays = YEARS[year]["holidays"]

    for day in YEARS[year]["make_up_days"]:
        assert day.weekday() >= 5
        assert not any(holiday["first"] <= day <= holiday["last"] for holiday in holidays)


@pytest.mark.parametrize("year", YEARS)
def test_holidays_are_in_order_and_do_not_overlap(year: str) -> None:
    holidays = YEARS[year]["holidays"]

    assert all(holiday["first"] <= holiday["last"] for holiday in holidays)
    assert all(one["last"] < next_one["first"] for one, next_one in pairwise(holidays))


@pytest.mark.parametrize("year", YEARS)
def test_a_year_has_a_notice_and_a_likely_number_of_working_days(year: str) -> None:
    first = date(int(year), 1, 1)
    days = (first + timedelta(days=n) for n in range(365))

    assert all(notice.startswith("国办发明电〔") for notice in YEARS[year]["notices"])
    assert 245 <= sum(map(is_working_day, days)) <= 252
