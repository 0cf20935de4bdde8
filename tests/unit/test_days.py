"""How cells of days and moments are read."""
# ruff: noqa: DTZ001 -- cells hold the wall clock as it was written

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.numbers import parse_chinese
from tests.one_cell import MARCH, outcome, read
from tests.spellings import chinese

NINTH = datetime(2021, 3, 9)


@pytest.mark.parametrize(
    "text",
    [
        "2021-03-09",
        "2021-3-9",
        "2021.3.9",
        "2021年3月9日",
        "2021年3月9号",
        "2021/3/9",
        "20210309",
        "２０２１．３．９",
        " 2021-03-09 00:00:00",
        "2021-03-09T06:40:00",
        "2021-03-09 06:40",
        "44264",
        "44264.5",
        "二〇二一年三月九日",
        "二○二一年三月九日",
        "2021年 3月 9日",
        "2021-03-09 星期二",
        "2021.3.9（周二）",
        "2021.3.9。",
        "9-Mar-2021",
        "9 March 2021",
        "March 9, 2021",
        "2021\u200b-03-09",
        "\u00a02021-03-09\u3000",
    ],
)
def test_trap_07_a_day_has_many_spellings(text: str) -> None:
    assert read(text, "date") == (NINTH, None)


@pytest.mark.parametrize(
    "text",
    [
        "3月9日",
        "3.9",
        "3·9",
        "3/9",
        "三月九日",
        "21.3.9",
        "21年3月9日",
        "21/3/9",
        "'21.3.9",
        "二一年三月九日",
        "9-Mar",
        "9-Mar-21",
    ],
)
def test_trap_07_a_day_without_its_whole_year_is_of_the_reports_year_and_asked_about(text: str) -> None:
    found = outcome(text, "date")
    assert (found.value, found.code, found.hint) == (NINTH, "W-VAL-18", "2021-03-09")
    assert outcome(text, "date", month=None).value is None


@pytest.mark.parametrize(
    ("text", "day"), [("20.12.9", date(2020, 12, 9)), ("20年12月9日", date(2020, 12, 9)), ("23.5.1", date(2023, 5, 1))]
)
def test_a_year_cut_to_two_digits_may_be_one_near_that_of_the_report(text: str, day: date) -> None:
    value, code = read(text, "date")
    assert (value, code) == (datetime.combine(day, datetime.min.time()), "W-VAL-18")


@pytest.mark.parametrize("text", ["1", "2", "366", "43", "3", "0"])
def test_trap_07_numbers_1_to_366_are_no_dates(text: str) -> None:
    assert read(text, "date") == (None, "E-VAL-02")


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("03/04/2021", "（2021-03-04 或 2021-04-03）"),
        ("3/4/21", "（2021-03-04 或 2021-04-03）"),
        ("9-3-2021", "（2021-03-09 或 2021-09-03）"),
        ("25.12.20", "（2020-12-25 或 2025-12-20）"),
        ("3.1", "（2021-03-01 或 2021-03-10）"),
        ("3-9", "（2021-03-09 或 3日至9日）"),
    ],
)
def test_a_day_that_reads_two_ways_is_not_read_and_both_are_named(text: str, readings: str) -> None:
    found = outcome(text, "date")
    assert (found.value, found.code, found.hint) == (None, "E-VAL-19", readings)


@pytest.mark.parametrize(("text", "day"), [("13/04/2021", 13), ("04.13.2021", 13), ("04/04/2021", 4)])
def test_a_day_with_its_year_at_the_end_that_reads_one_way_only_is_asked_about(text: str, day: int) -> None:
    assert read(text, "date") == (datetime(2021, 4, day), "W-VAL-21")


@pytest.mark.parametrize(
    "text",
    [
        "3月8日-9日",
        "2021.3.8-3.9",
        "2021年3月8-9日",
        "2021-03-08至2021-03-09",
        "2021-03-08 2021-03-09",
        "3.8-3.9",
        "3月8日、9日",
        "3月8日到3月9日",
    ],
)
def test_several_days_in_one_cell_are_an_error_with_advice(text: str) -> None:
    assert read(text, "date") == (None, "E-VAL-23")


@pytest.mark.parametrize(
    "text",
    [
        "2021-13-01",
        "2021-02-30",
        "2021-03-09 25:00",
        "2021",
        "2021年3月",
        "3月",
        "06:40",
        "上午",
        "未定",
        "2021.3.9①",
        "２０２１年③月",
        "2021-03-09（星期三）",
        "Mar-21",
        "98.5.1",
        "1021-03-09",
        "2021-03-099",
        "99999",
        "约3月9日",
        "正月初九",
    ],
)
def test_what_is_no_day_is_reported_and_never_guessed(text: str) -> None:
    assert read(text, "date") == (None, "E-VAL-02")


@pytest.mark.parametrize("text", ["无", "—", "-", "/", ""])
def test_a_dash_or_a_word_for_none_is_no_day(text: str) -> None:
    assert (read(text, "date"), read(text, "datetime")) == ((None, None), (None, None))


@pytest.mark.parametrize(
    ("clock", "hours", "minutes"),
    [
        (" 06:40", 6, 40),
        (" 6:40", 6, 40),
        ("6时40分", 6, 40),
        ("T06:40:00", 6, 40),
        (" 上午6:40", 6, 40),
        ("6点40", 6, 40),
        (" 6：40", 6, 40),
        (" 6:40 AM", 6, 40),
        ("T06:40:00+08:00", 6, 40),
        ("上午六时四十分", 6, 40),
        ("下午3时", 15, 0),
        (" 下午3点半", 15, 30),
        (" 3:05 PM", 15, 5),
        ("下午15:00", 15, 0),
        ("晚上8点", 20, 0),
        ("凌晨2点", 2, 0),
        ("中午12点", 12, 0),
        ("中午1点", 13, 0),
        (" 12:30 AM", 0, 30),
        (" 12:30 PM", 12, 30),
        (" 0:00", 0, 0),
        (" 23时整", 23, 0),
    ],
)
def test_a_time_of_day_has_many_spellings(clock: str, hours: int, minutes: int) -> None:
    assert read(f"2021年3月9日{clock}", "datetime") == (NINTH + timedelta(hours=hours, minutes=minutes), None)


@pytest.mark.parametrize(
    ("clock", "readings"),
    [
        ("24:00", "（2021-03-09 00:00 或 2021-03-10 00:00）"),
        ("上午12点", "（2021-03-09 00:00 或 2021-03-09 12:00）"),
        ("晚上1:30", "（2021-03-09 01:30 或 2021-03-10 01:30）"),
        ("晚上12点", "（2021-03-09 00:00 或 2021-03-10 00:00）"),
    ],
)
def test_a_time_that_reads_two_ways_is_not_read_and_both_are_named(clock: str, readings: str) -> None:
    found = outcome(f"2021-03-09 {clock}", "datetime")
    assert (found.value, found.code, found.hint) == (None, "E-VAL-19", readings)


@pytest.mark.parametrize(
    "clock", ["25:00", "6:4", "6:405", "6:60", "上午13:00", "下午0:30", "06:40左右", "一早", "上午6:40 PM", "30:00:00"]
)
def test_what_is_no_time_of_day_is_reported(clock: str) -> None:
    assert read(f"2021-03-09 {clock}", "datetime") == (None, "E-VAL-03")


@pytest.mark.parametrize("text", ["2021-03-09", "2021-03-09 00:00:00", "44264", "2021年3月9日"])
def test_a_moment_that_is_only_a_day_is_kept_at_midnight_and_asked_about(text: str) -> None:
    assert read(text, "datetime") == (NINTH, "W-VAL-22")


def test_a_serial_number_with_a_fraction_is_a_moment_to_the_second() -> None:
    assert read(f"{44264 + 400 / 1440}", "datetime") == (datetime(2021, 3, 9, 6, 40), None)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.data())
def test_any_day_comes_back_from_any_spelling(day: date, data: st.DataObject) -> None:
    year, month, number = day.year, day.month, day.day
    years = str.maketrans("0123456789", "〇一二三四五六七八九")
    spellings = [
        f"{day}",
        f"{year}.{month}.{number}",
        f"{year}/{month:02}/{number:02}",
        f"{year}年{month}月{number}日",
        f"{day:%Y%m%d}",
        f"{(day - date(1899, 12, 30)).days}",
        f"{day:%d-%b-%Y}",
        f"{day} 08:15",
        f"{str(year).translate(years)}年{chinese(month)}月{chinese(number)}日",
    ]
    assert read(data.draw(st.sampled_from(spellings)), "date") == (datetime(year, month, number), None)


@given(
    st.dates(date(2021, 1, 1), date(2021, 12, 31)),
    st.sampled_from(["{m}月{d}日", "{m}·{d}", "{m}/{d}", "21.{m}.{d}", "21年{m}月{d}日"]),
)
def test_any_day_of_the_reports_year_comes_back_without_it(day: date, form: str) -> None:
    assert read(form.format(m=day.month, d=day.day), "date") == (datetime(2021, day.month, day.day), "W-VAL-18")


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31)).map(lambda at: at.replace(second=0, microsecond=0)),
    st.data(),
)
def test_any_moment_comes_back_from_any_spelling(at: datetime, data: st.DataObject) -> None:
    spelling = data.draw(
        st.sampled_from([f"{at:%Y-%m-%d %H:%M}", f"{at:%Y.%m.%d} {at.hour}时{at.minute}分", f"{at:%Y/%m/%d %I:%M %p}"])
    )
    assert read(spelling, "datetime") == (at, None)


@given(st.integers(0, 9_999))
def test_any_number_in_chinese_numerals_comes_back(number: int) -> None:
    assert parse_chinese(chinese(number)) == number


def test_the_month_is_needed_only_for_the_year() -> None:
    assert read("2021-03-09", "date", month=None) == read("2021-03-09", "date", month=MARCH)
