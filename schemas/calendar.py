"""Working days and due times, by the State Council notices kept in ``holidays.toml``.

What a form's due day is stands in the form; whether a submission came late is for the caller to say.
"""

import functools
import itertools
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

from schemas.period import add_months

SHANGHAI = ZoneInfo("Asia/Shanghai")
DUE_TIME = time(17, 30)
SATURDAY = 5


class CalendarEndsError(Exception):
    """A day of a year for which ``holidays.toml`` has no notice.

    Monday to Friday would be a guess, and the guess is wrong around every long holiday.
    """

    def __init__(self, year: int, first: int, last: int) -> None:
        """Say which years the table holds."""
        self.year = year
        super().__init__(
            f"schemas/holidays.toml 只有 {first} 至 {last} 年的放假安排，没有 {year} 年：请按国务院办公厅的放假通知补入"
        )


@dataclass(frozen=True)
class _Table:
    years: frozenset[int]
    holidays: frozenset[date]
    make_up_days: frozenset[date]


@functools.cache
def _table() -> _Table:
    text = resources.files("schemas").joinpath("holidays.toml").read_text(encoding="utf-8")
    years: dict[str, dict[str, Any]] = tomllib.loads(text)
    holidays = itertools.chain.from_iterable(year["holidays"] for year in years.values())
    return _Table(
        years=frozenset(int(year) for year in years),
        holidays=frozenset(day for each in holidays for day in _days(each["first"], each["last"])),
        make_up_days=frozenset(day for year in years.values() for day in year["make_up_days"]),
    )


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def is_working_day(day: date) -> bool:
    """Whether offices work on the day.

    Raises:
        CalendarEndsError: the table has no such year.
    """
    table = _table()
    if day.year not in table.years:
        raise CalendarEndsError(day.year, min(table.years), max(table.years))
    if day in table.make_up_days:
        return True
    return day.weekday() < SATURDAY and day not in table.holidays


@functools.cache
def last_year() -> int:
    """The last year that the table holds."""
    return max(_table().years)


def working_days() -> tuple[date, ...]:
    """Every working day of the years that the table holds, in order."""
    years = _table().years
    return tuple(filter(is_working_day, _days(date(min(years), 1, 1), date(max(years), 12, 31))))


def due_months() -> Iterator[date]:
    """The months whose forms fall due in the years that the table holds: the first lies in the year before them."""
    years = _table().years
    count = 12 * (max(years) - min(years) + 1)
    return (add_months(date(min(years), 1, 1), step) for step in range(-1, count - 1))


def due_at(month: date, workday: int) -> datetime:
    """When the forms of a month are due: 17:30 in Shanghai on a working day of the next month.

    Args:
        month: the first day of the data month.
        workday: which working day of the next month, from 1.

    Raises:
        CalendarEndsError: the table has no such year.
    """
    first = add_months(month, 1)
    working_days = filter(is_working_day, (first + timedelta(days=n) for n in itertools.count()))
    due_on = next(itertools.islice(working_days, workday - 1, None))
    return datetime.combine(due_on, DUE_TIME, tzinfo=SHANGHAI)
