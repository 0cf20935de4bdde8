"""How cell texts become typed values."""
# ruff: noqa: DTZ001 -- cells hold the wall clock as it was written

from datetime import datetime
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.cells import parse_column
from schemas.form import Column, ColumnType
from schemas.unit import load_register

REGISTER = load_register()


def parse(text: str | None, kind: ColumnType, unit: str | None = None) -> tuple[Any, str | None]:
    codes = {"one": ("甲类", "甲"), "two": ("乙类",)} if kind in ("code", "codes") else {}
    column = Column(label="列", type=kind, unit=unit, codes=codes)
    parsed = parse_column(pd.Series([text], dtype=object), column, REGISTER)
    value, code = parsed.cells[0], parsed.codes[0]
    is_missing = not isinstance(value, list) and pd.isna(value)
    return (None if is_missing else value), code


@pytest.mark.parametrize(
    "text",
    [
        "2021-03-09",
        "2021.3.9",
        "2021年3月9日",
        "2021/3/9",
        "20210309",
        "44264",
        "２０２１．３．９",
        " 2021-03-09 00:00:00",
    ],
)
def test_a_day_has_many_spellings(text: str) -> None:
    assert parse(text, "date") == (datetime(2021, 3, 9), None)


@pytest.mark.parametrize("text", ["2021-13-01", "2021-02-30", "1", "366", "三月九日", "2021-03-09 25:00", "2021"])
def test_what_is_no_day_is_reported_and_never_guessed(text: str) -> None:
    assert parse(text, "date") == (None, "E-VAL-02")


@pytest.mark.parametrize(
    "text",
    [
        "2021-03-09 06:40",
        "2021年3月9日6时40分",
        "2021.3.9 上午6:40",
        "2021-03-09T06:40:00",
        f"{44264 + 400 / 1440}",
    ],
)
def test_a_moment_has_many_spellings(text: str) -> None:
    assert parse(text, "datetime") == (datetime(2021, 3, 9, 6, 40), None)


def test_an_afternoon_hour_counts_from_noon() -> None:
    assert parse("2021-03-09 下午3时", "datetime")[0] == datetime(2021, 3, 9, 15)


@pytest.mark.parametrize(("text", "number"), [("12", 12), ("１２", 12), ("1,200", 1200), ("12人次", 12), ("12.0", 12)])
def test_numbers_may_carry_commas_and_their_own_unit(text: str, number: int) -> None:
    assert parse(text, "integer", unit="人次") == (number, None)


@pytest.mark.parametrize("text", ["无", "—", "-", "/", "零", "0"])
def test_in_a_measure_a_dash_is_zero(text: str) -> None:
    assert parse(text, "integer") == (0, None)


@pytest.mark.parametrize("text", ["约30", "30余", "3-5", "12元", "1.5", "十二个", "12,34"])
def test_a_number_that_is_not_exact_is_an_error(text: str) -> None:
    assert parse(text, "integer", unit="人") == (None, "E-VAL-04")


@pytest.mark.parametrize("text", [None, "", "  ", "\u3000"])
@pytest.mark.parametrize("kind", ["integer", "amount", "date", "text", "code", "unit"])
def test_a_blank_is_missing_and_not_zero(text: str | None, kind: ColumnType) -> None:
    assert parse(text, kind) == (None, None)


@pytest.mark.parametrize(("text", "kind"), [("1e300", "amount"), ("1e400", "integer"), ("9" * 20, "integer")])
def test_a_number_beyond_what_the_warehouse_holds_is_an_error(text: str, kind: ColumnType) -> None:
    assert parse(text, kind) == (None, "E-VAL-14")


def test_codes_are_found_by_label_alias_and_code() -> None:
    assert [parse(text, "code")[0] for text in ("甲类", "甲", "one", "乙 类")] == ["one", "one", "one", "two"]


def test_an_unknown_code_is_an_error() -> None:
    assert parse("丙类", "code") == (None, "E-VAL-06")


def test_several_codes_stand_in_one_cell_once_each() -> None:
    assert parse("甲类、乙类，甲", "codes") == (["one", "two"], None)


@pytest.mark.parametrize(("text", "value"), [("是", True), ("√", True), ("1", True), ("否", False), ("无", False)])
def test_yes_and_no_have_many_marks(text: str, *, value: bool) -> None:
    assert parse(text, "yes_no") == (value, None)


@pytest.mark.parametrize("text", ["谢三村街道", "谢三街道", "340404004", "340404004000", "３４０４０４００４"])
def test_a_unit_is_found_by_name_alias_and_both_code_lengths(text: str) -> None:
    assert parse(text, "unit") == ("340404004", None)


def test_a_village_like_name_of_a_street_is_no_village() -> None:
    assert parse("谢三村", "unit") == (None, "E-VAL-08")


def test_a_code_with_a_wrong_check_character_is_kept_and_asked_about() -> None:
    assert parse("91350211M0000XUF46", "credit_code") == ("91350211M0000XUF46", "W-VAL-12")


def test_a_code_that_excel_rounded_is_told_from_a_wrong_one() -> None:
    assert parse("911101066976942000", "credit_code")[1] == "E-VAL-13"


@given(st.integers(min_value=0, max_value=10**12))
def test_every_whole_number_comes_back(number: int) -> None:
    assert parse(f"{number:,}", "integer") == (number, None)


@given(
    st.text(max_size=20),
    st.sampled_from(["integer", "amount", "date", "datetime", "yes_no", "code", "codes", "unit"]),
)
def test_any_text_gives_a_value_or_a_code_but_no_exception(text: str, kind: ColumnType) -> None:
    value, code = parse(text, kind)
    assert value is None or code is None
