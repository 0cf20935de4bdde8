"""How columns of cell texts become typed columns, and what is wrong with cells of every type."""
# ruff: noqa: DTZ001 -- cells hold the wall clock as it was written

from collections.abc import Mapping
from datetime import date, datetime
from typing import get_args

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.cells import Parsed, parse_column, parse_table
from schemas.form import Column, ColumnType, Span, Table
from schemas.issue import MESSAGES
from tests.one_cell import REGISTER, outcome, read

TYPES: tuple[ColumnType, ...] = get_args(ColumnType)
CODES = {"one": ("甲类", "甲"), "two": ("乙类",)}


def parse(kind: ColumnType, *texts: str | None, months: tuple[str | None, ...] | None = None) -> Parsed:
    index = pd.RangeIndex(10, 10 + len(texts))
    cells = pd.Series(texts, index=index, dtype=object)
    of_reports = None if months is None else pd.Series(months, index=index, dtype="datetime64[s]")
    return parse_column(cells, Column(label="列", type=kind, codes=CODES), REGISTER, of_reports)


@pytest.mark.parametrize(
    ("kind", "texts", "values", "dtype"),
    [
        ("integer", ("12", None, "12", "无"), [12, pd.NA, 12, 0], "Int64"),
        ("amount", (None, "1.5"), [pd.NA, 1.5], "Float64"),
        ("yes_no", ("是", None, "否"), [True, pd.NA, False], "boolean"),
        ("date", ("2021-03-09", None), [datetime(2021, 3, 9), pd.NaT], "datetime64[s]"),
        ("codes", ("甲、乙类", "甲", None), [["one", "two"], ["one"], None], "object"),
        ("text", (None, None), [None, None], "object"),
    ],
)
def test_a_column_has_the_type_of_its_cells_on_their_index(
    kind: ColumnType, texts: tuple[str | None, ...], values: list[object], dtype: str
) -> None:
    parsed = parse(kind, *texts)
    expected = pd.Series(values, index=pd.RangeIndex(10, 10 + len(texts)), dtype=dtype)
    pd.testing.assert_series_equal(parsed.cells, expected)
    assert parsed.codes.empty


def test_an_empty_column_is_typed_too() -> None:
    assert parse("date").cells.dtype == "datetime64[s]"


def test_what_cannot_be_read_is_missing_with_a_code_at_its_place() -> None:
    parsed = parse("integer", "12", "约30", "12", "约30")
    assert parsed.cells.isna().tolist() == [False, True, False, True]
    assert parsed.codes.to_dict() == {11: "E-VAL-04", 13: "E-VAL-04"}


def test_a_day_without_a_year_is_of_the_year_of_its_own_report() -> None:
    parsed = parse(
        "date", "3月9日", "3月9日", "3月9日", "2020-03-09", months=("2021-03-01", "2020-04-01", None, "2021-03-01")
    )
    assert parsed.cells.dt.strftime("%Y-%m-%d").fillna("").tolist() == ["2021-03-09", "2020-03-09", "", "2020-03-09"]
    assert parsed.codes.to_dict() == {10: "W-VAL-18", 11: "W-VAL-18", 12: "E-VAL-02"}
    assert parsed.hints.to_dict() == {10: "2021-03-09", 11: "2020-03-09", 12: None}


def dated(valid: Mapping[str, tuple[Span, ...]], hint: str | None = None) -> Table:
    """A table of a day and of a code by a list that changes on 1 July 2026, where 触电 has another code."""
    codes = {"old_1": ("物体打击",), "new_1": ("机械致害",), "new_2": ("触电",), "old_2": ("触电",)}
    kind = Column(label="类别", type="code", codes=codes, valid=valid, dated_by="on_day", hint=hint)
    columns = {"on_day": Column(label="日期", type="date"), "kind": kind}
    return Table(id="t", title="表", grain="event", key=("on_day",), columns=columns)


CHANGE = date(2026, 7, 1)
VALID = {
    "old_1": (Span(end=CHANGE),),
    "old_2": (Span(end=CHANGE),),
    "new_1": (Span(start=CHANGE),),
    "new_2": (Span(start=CHANGE),),
}


def kinds(*rows: tuple[str | None, str], month: str | None = "2026-07-01", hint: str | None = None) -> Parsed:
    cells = pd.DataFrame(list(rows), columns=["on_day", "kind"], dtype=object)
    months = pd.Series([month] * len(rows), dtype="datetime64[s]")
    return parse_table(cells, dated(VALID, hint), REGISTER, months)["kind"]


def test_a_code_is_read_by_the_list_of_the_day_of_its_row() -> None:
    rows = [("2026-06-30", "触电"), ("2026-07-01", "触电"), ("2026-06-30", "物体打击"), ("2026-07-01", "机械致害")]
    parsed = kinds(*rows)
    assert parsed.cells.tolist() == ["old_2", "new_2", "old_1", "new_1"]
    assert parsed.codes.empty


def test_without_a_readable_day_the_month_of_the_report_decides() -> None:
    assert kinds((None, "触电"), ("约7月", "触电")).cells.tolist() == ["new_2", "new_2"]
    assert kinds((None, "触电"), month="2026-06-01").cells.tolist() == ["old_2"]


def test_a_code_of_another_time_is_an_error_that_says_when_it_is_in_force() -> None:
    parsed = kinds(
        ("2026-07-01", "物体打击"), ("2026-06-30", "机械致害"), ("2026-06-30", "跌落"), hint="旧表 GB 6441-1986"
    )
    assert parsed.codes.tolist() == ["E-VAL-15", "E-VAL-15", "E-VAL-06"]
    assert parsed.hints.tolist()[:2] == [
        "「物体打击」用到 2026-06-30 为止；旧表 GB 6441-1986",
        "「机械致害」自 2026-07-01 起使用；旧表 GB 6441-1986",
    ]


def test_a_word_of_no_list_is_answered_with_the_list_of_its_day() -> None:
    assert kinds(("2026-07-01", "跌落")).hints.tolist() == ["机械致害、触电"]


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize(
    "text",
    [
        "#NAME?",
        "#REF!",
        "#VALUE!",
        "#DIV/0!",
        "#N/A",
        "#NULL!",
        "#NUM!",
        "#SPILL!",
        "Err:508",
        "＃ＮＡＭＥ？",
        "#名称?",
    ],
)
def test_trap_12_an_error_cell_is_an_error_in_every_type(text: str, kind: ColumnType) -> None:
    assert read(text, kind, codes=CODES) == (None, "E-VAL-16")


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("text", ["=SUM(A1:A3)", "=A1", "= B2 * 2"])
def test_a_formula_that_nobody_computed_is_an_error_in_every_type(text: str, kind: ColumnType) -> None:
    assert read(text, kind, codes=CODES) == (None, "E-VAL-17")


@pytest.mark.parametrize("text", ["====", "#1号楼", "#3", "==>"])
def test_marks_at_the_head_of_a_text_are_no_error(text: str) -> None:
    assert read(text, "text") == (text, None)


def test_marks_for_a_cell_that_is_too_narrow_have_lost_what_was_in_it() -> None:
    assert read("########", "date") == (None, "E-VAL-30")


@pytest.mark.parametrize("text", ["甲\u00a0乙", " 甲 乙 ", "甲\n乙", "\ufeff甲 乙\u200b", "甲\u3000乙", "甲 \r\n 乙"])
def test_trap_09_blanks_of_every_kind_are_one_blank_or_none(text: str) -> None:
    assert read(text, "text") == ("甲 乙", None)


def test_trap_09_full_width_letters_digits_and_brackets_are_plain_ones() -> None:
    assert read("（ＡＢ１２）", "text") == ("(AB12)", None)


@pytest.mark.parametrize(
    "number",
    [
        "11010519491231002X",
        "11010519491231002x",
        "110105 19491231 002X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105491231002",
    ],
)
def test_trap_40_an_identity_number_in_free_text_is_masked_and_asked_about(number: str) -> None:
    assert read(f"联系人{number}，住谢三村", "text") == ("联系人******,住谢三村", "W-VAL-27")


@pytest.mark.parametrize(
    "text", ["110105194912310021", "110105194913310028", "991105194912310027", "SG3404042021030901", "13855400000"]
)
def test_trap_40_other_long_numbers_stay(text: str) -> None:
    assert read(text, "text") == (text, None)


def test_trap_40_the_number_of_a_record_is_no_identity_number() -> None:
    found = parse_column(pd.Series(["11010519491231002X"]), Column(label="隐患编号", type="text"), REGISTER)
    assert found.codes.empty


@pytest.mark.parametrize("text", ["3404042021030900000", "3.40404E+17"])
def test_trap_05_a_number_of_a_record_that_a_spreadsheet_rounded_is_an_error_with_advice(text: str) -> None:
    assert read(text, "text", pattern=r"SG\d{16}") == (None, "E-VAL-13")
    assert read(text, "text") == (text, None)


@given(st.text(max_size=30), st.sampled_from(TYPES))
def test_any_text_gives_a_value_or_a_code_with_a_sentence_and_no_exception(text: str, kind: ColumnType) -> None:
    found = outcome(text, kind, codes=CODES, unit="人", other_units={"万人": 10_000})
    assert found.code is None or found.code in MESSAGES
    assert found.value is None or found.code is None or not found.code.startswith("E")


_MARKS = "0123456789一二三十百万两〇年月日时分:：.-/、,% ①²元人次#=EX无约余"
_PIECES = st.sampled_from([*_MARKS, "上午", "晚上", "2021", "#REF!", "Mar", "340404004"])


@given(st.lists(_PIECES, max_size=12).map("".join), st.sampled_from(TYPES))
def test_any_mixture_of_the_marks_of_values_gives_a_value_or_a_code(text: str, kind: ColumnType) -> None:
    found = outcome(text, kind, codes=CODES, unit="人", other_units={"万人": 10_000}, pattern=r"SG\d+")
    assert found.code is None or found.code in MESSAGES


@given(st.lists(st.sampled_from(["12", "约30", None, "无", "1,200"]), max_size=30))
def test_a_column_says_of_each_cell_what_is_said_of_it_alone(texts: list[str | None]) -> None:
    parsed = parse("integer", *texts)
    alone = [outcome(text, "integer") if text else None for text in texts]
    assert parsed.codes.to_dict() == {10 + at: each.code for at, each in enumerate(alone) if each and each.code}
    assert parsed.cells.fillna(-1).tolist() == [each.value if each and each.code is None else -1 for each in alone]
