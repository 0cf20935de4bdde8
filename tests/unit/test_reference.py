"""Figures of the laws, and lists of codes that depend on the day."""

from datetime import date, timedelta

import pandas as pd
import pytest

from schemas.calendar import is_working_day, working_days
from schemas.cells import parse_table
from schemas.form import load_codes, tables
from schemas.reference import accident_fines
from schemas.unit import load_register
from tests.rows import example

HOLIDAY_WINDOWS = (
    "new_year", "spring_festival", "qingming", "labour_day", "dragon_boat", "mid_autumn", "national_day",
)  # fmt: skip


@pytest.mark.parametrize("day", [date(2020, 1, 1), date(2021, 8, 31), date(2021, 9, 1), date(2026, 12, 31)])
def test_every_grade_has_one_range_of_fines_on_every_day(day: date) -> None:
    in_force = [
        fine for fine in accident_fines() if (not fine.start or fine.start <= day) and (not fine.end or day < fine.end)
    ]

    assert sorted(fine.grade for fine in in_force) == ["1", "2", "3", "4"]
    assert all(fine.low < fine.high and fine.source for fine in in_force)


def test_fines_rose_on_the_first_of_september_2021() -> None:
    before = {fine.grade: fine for fine in accident_fines() if fine.end}
    after = {fine.grade: fine for fine in accident_fines() if not fine.end}

    assert all(after[grade].low >= before[grade].low for grade in before)
    assert (before["1"].low, before["1"].high, after["1"].low, after["1"].high) == (20, 50, 30, 100)


def test_key_windows_of_holidays_hold_no_working_day_and_end_before_one() -> None:
    spans = load_codes("key_window").valid

    for name in HOLIDAY_WINDOWS:
        for span in spans[name]:
            assert span.start
            assert span.end
            days = [span.start + timedelta(days=n) for n in range((span.end - span.start).days)]
            assert not any(is_working_day(day) for day in days), (name, span)


def test_every_year_of_the_calendar_has_its_key_windows() -> None:
    years = {day.year for day in working_days()}

    for name, spans in load_codes("key_window").valid.items():
        assert years <= {span.end.year for span in spans if span.end}, name


@pytest.mark.parametrize(
    ("occurred_at", "spelling", "code"),
    [
        ("2026-06-30 23:59", "触电", "05"),
        ("2026-07-01 00:00", "触电", "electric_shock"),
        ("2026-06-30 23:59", "机械伤害", "03"),
        ("2026-07-01 00:00", "机械致害", "machinery"),
        ("2026-06-30 23:59", "机械致害", None),
        ("2026-07-01 00:00", "机械伤害", None),
        ("2026-07-01 00:00", "05", None),
    ],
)
def test_the_day_of_an_accident_decides_which_standard_names_its_type(
    occurred_at: str, spelling: str, code: str | None
) -> None:
    row = example("accident", occurred_at=occurred_at, accident_type=spelling)
    cells = pd.DataFrame({name: pd.Series([cell], dtype=object) for name, cell in row.items()})
    month = pd.Series([pd.Timestamp("2026-06-01")])

    parsed = parse_table(cells, tables()["accident"][1], load_register(), month)["accident_type"]

    assert parsed.cells[0] == code
    assert parsed.codes.empty is (code is not None)
