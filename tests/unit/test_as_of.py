"""Which moment a day on the command line means."""

from datetime import UTC, date, datetime, timedelta

import pytest

from schemas.as_of import AsOfError, known_at, moment_of
from schemas.calendar import SHANGHAI


def today() -> date:
    return datetime.now(SHANGHAI).date()


def test_what_is_played_as_of_an_earlier_day_is_recorded_by_its_night() -> None:
    moment = moment_of(date(2021, 7, 8))
    assert moment is not None
    assert moment.isoformat() == "2021-07-08T02:00:00+08:00"


@pytest.mark.parametrize("days", [0, 1, 400])
def test_nothing_is_recorded_in_the_future(days: int) -> None:
    assert moment_of(today() + timedelta(days=days)) is None


def test_without_a_day_it_is_now() -> None:
    assert moment_of(None) is None


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2021-07-08", datetime(2021, 7, 8, 15, 59, 59, 999_999, UTC)),
        (" 2021-07-08 ", datetime(2021, 7, 8, 15, 59, 59, 999_999, UTC)),
        ("2021-07-08T09:30:00", datetime(2021, 7, 8, 1, 30, 0, 999_999, UTC)),
        ("2021-07-08 09:30:00", datetime(2021, 7, 8, 1, 30, 0, 999_999, UTC)),
        ("2021-07-08T02:00:00+08:00", datetime(2021, 7, 7, 18, 0, 0, 999_999, UTC)),
        ("2021-07-08T02:00:00Z", datetime(2021, 7, 8, 2, 0, 0, 999_999, UTC)),
        ("2021-07-08T02:00:00.000002", datetime(2021, 7, 7, 18, 0, 0, 2, UTC)),
    ],
)
def test_a_day_and_a_second_are_asked_through_their_end_in_shanghai(text: str, utc: datetime) -> None:
    assert known_at(text) == utc


@pytest.mark.parametrize("text", ["", "昨天", "2021-13-01", "2021-02-30", "2021-07", "2021-07-08T25:00"])
def test_what_is_no_moment_is_refused_with_how_one_is_written(text: str) -> None:
    with pytest.raises(AsOfError, match="请写成 2021-07-08"):
        known_at(text)


def test_today_may_be_asked_and_tomorrow_may_not() -> None:
    assert known_at(today().isoformat()).date() == today()
    with pytest.raises(AsOfError, match="还没有到"):
        known_at((today() + timedelta(days=1)).isoformat())
