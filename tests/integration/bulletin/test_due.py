"""When the night writes a bulletin by itself: once, on the day it is due or the first night after."""

from datetime import date
from pathlib import Path

import pytest

from flows.bulletins import due_bulletin, write_due_bulletin
from flows.house import House
from flows.settings import Settings
from schemas.period import Period
from schemas.unit import Register
from warehouse.engine import Engine


@pytest.fixture
def house(story: Engine, register: Register, tmp_path: Path) -> House:
    """An office whose warehouse holds the story."""
    return House(Settings(home=tmp_path), register, story)


@pytest.mark.parametrize("day", [date(2021, 7, 1), date(2021, 7, 11)])
def test_before_the_eighth_working_day_none_is_due(house: House, day: date) -> None:
    assert due_bulletin(house, day) is None


@pytest.mark.parametrize("day", [date(2021, 7, 12), date(2021, 7, 31)])
def test_from_that_day_on_the_one_on_the_month_before_is_due(house: House, day: date) -> None:
    assert due_bulletin(house, day) == Period.parse("2021-06")


def test_a_month_of_which_nothing_was_published_gets_none(house: House) -> None:
    assert due_bulletin(house, date(2021, 8, 20)) is None


def test_beyond_the_calendar_the_night_goes_on_without_one(house: House) -> None:
    assert due_bulletin(house, date(2031, 8, 20)) is None


def test_it_is_written_once_and_stays_as_it_was(house: House) -> None:
    folder = write_due_bulletin(house, date(2021, 7, 13))

    assert folder == house.settings.reports / "2021-06"
    assert sorted(path.suffix for path in folder.iterdir()) == [".docx", ".html", ".xlsx"]
    assert write_due_bulletin(house, date(2021, 7, 14)) is None
