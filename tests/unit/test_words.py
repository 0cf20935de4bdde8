"""How cells of codes, units, places, credit codes and yes or no are read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.credit_code import check_character, is_valid
from tests.one_cell import REGISTER, outcome, read

LEVELS = {"general": ("一般", "一般隐患"), "major": ("重大",), "poisoning": ("中毒和窒息",), "2": ("乙类",)}


@pytest.mark.parametrize(
    "text",
    [
        "一般",
        "一般隐患",
        "general",
        " 一 般 ",
        "一般。",
        "一般、",
        "1.一般",
        "1、一般",
        "(1)一般",
        "①一般",
        "一\u200b般",
    ],
)
def test_a_code_is_found_by_its_names_whatever_stands_around_them(text: str) -> None:
    assert read(text, "code", codes=LEVELS) == ("general", None)


@pytest.mark.parametrize("text", ["2乙类", "2.乙类", "乙类（2）", "２乙类", "2"])
def test_a_code_may_stand_beside_its_name(text: str) -> None:
    assert read(text, "code", codes=LEVELS) == ("2", None)


@pytest.mark.parametrize("text", ["2.一般", "一般（2）", "2重大"])
def test_a_code_beside_the_name_of_another_is_an_error_that_says_whose_it_is(text: str) -> None:
    found = outcome(text, "code", codes=LEVELS)
    assert (found.value, found.code, found.hint) == (None, "E-VAL-28", "乙类")


@pytest.mark.parametrize("text", ["丙类", "一般的", "重", "一般（说明）", "无"])
def test_a_word_outside_the_list_is_an_error_and_never_guessed(text: str) -> None:
    assert read(text, "code", codes=LEVELS) == (None, "E-VAL-06")


def test_a_word_outside_the_list_is_answered_with_the_list_and_the_nearest_in_it() -> None:
    assert outcome("重大隐患", "code", codes=LEVELS).hint == "一般、重大、中毒和窒息、乙类（是否为「重大」）"
    assert outcome("天", "code", codes=LEVELS).hint == "一般、重大、中毒和窒息、乙类"


@pytest.mark.parametrize(
    "text",
    [
        "一般、重大",
        "一般，重大",
        "一般；重大",
        "一般/重大",
        "一般和重大",
        "一般及重大",
        "一般+重大",
        "一般\n重大",
        "1.一般 3.重大",
        "一般、重大、一般隐患",
    ],
)
def test_several_codes_stand_in_one_cell_once_each(text: str) -> None:
    assert read(text, "codes", codes=LEVELS) == (["general", "major"], None)


def test_a_name_with_a_mark_in_it_is_one_name() -> None:
    assert read("中毒和窒息", "codes", codes=LEVELS) == (["poisoning"], None)
    assert read("中毒和窒息及一般", "codes", codes=LEVELS) == (["poisoning", "general"], None)


def test_one_word_outside_the_list_is_an_error_of_the_cell() -> None:
    assert read("一般、外星", "codes", codes=LEVELS) == (None, "E-VAL-06")


@pytest.mark.parametrize("text", ["是", "有", "√", "✓", "对", "Y", "y", "1", "１", "TRUE", "已", "是。"])
def test_yes_has_many_marks(text: str) -> None:
    assert read(text, "yes_no") == (True, None)


@pytest.mark.parametrize("text", ["否", "无", "×", "错", "N", "0", "FALSE", "未", "没有"])
def test_no_has_many_marks(text: str) -> None:
    assert read(text, "yes_no") == (False, None)


@pytest.mark.parametrize(("text", "code"), [("也许", "E-VAL-07"), ("2", "E-VAL-07"), ("", None), ("—", None)])
def test_what_says_neither_is_an_error_and_a_blank_is_missing(text: str, code: str | None) -> None:
    assert read(text, "yes_no") == (None, code)


@pytest.mark.parametrize(
    "text",
    [
        "谢三村街道",
        "谢三街道",
        "谢家集区谢三村街道",
        "安徽省淮南市谢家集区谢三村街道",
        "340404004",
        "340404004000",
        "340404004.0",
        "３４０４０４００４",
        "340404004 谢三村街道",
        "340404004000谢三村街道",
        "谢三村街道（340404004）",
        "340404004-谢家集区谢三村街道",
        "谢三村街道。",
    ],
)
@pytest.mark.parametrize("kind", ["unit", "place"])
def test_trap_04_a_unit_is_found_by_name_by_both_lengths_of_code_and_by_both_together(text: str, kind: str) -> None:
    assert read(text, kind) == ("340404004", None)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["340404200 孤堆回族乡", "孤堆回族乡（340404200）"])
def test_trap_01_a_code_with_the_name_of_another_unit_says_whose_it_is(text: str) -> None:
    found = outcome(text, "unit")
    assert (found.value, found.code, found.hint) == (None, "E-VAL-28", "孙庙乡")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("谢家集街道", "340404001"),
        ("谢家集区", "340404"),
        ("谢家集区谢家集街道", "340404001"),
        ("平山街道", "340404005"),
    ],
)
def test_trap_02_names_that_look_alike_are_told_apart(text: str, code: str) -> None:
    assert read(text, "unit") == (code, None)


@pytest.mark.parametrize("text", ["谢三村", "平山村", "谢三树街道", "340404999"])
def test_trap_02_a_name_that_is_none_is_an_error_and_never_guessed(text: str) -> None:
    assert read(text, "unit") == (None, "E-VAL-08")


def test_a_name_that_is_none_is_answered_with_the_nearest() -> None:
    assert outcome("谢三树街道", "unit").hint == "（是否为「谢三村街道」）"


def test_a_code_that_a_spreadsheet_shortened_is_an_error_with_advice() -> None:
    assert read("3.40404E+11", "place") == (None, "E-VAL-13")


@given(
    st.sampled_from(sorted(REGISTER.units)),
    st.sampled_from(["{code}", "{name}", "{code} {name}", "{name}（{code}）", "谢家集区{name}"]),
)
def test_every_unit_is_found_in_every_spelling(code: str, form: str) -> None:
    assert read(form.format(code=code, name=REGISTER.units[code].name), "unit") == (code, None)


@pytest.mark.parametrize(
    "code",
    ["91350100M000100Y43", "91110108551385082Q", "91110000600037341L", "91110000101623741K", "911101066976941872"],
)
def test_a_right_credit_code_is_read(code: str) -> None:
    spellings = [code, code.lower(), f" {code} ", f"{code[:8]}-{code[8:]}", f"{code[:9]} {code[9:]}"]
    assert {read(spelling, "credit_code") for spelling in spellings} == {(code, None)}


@pytest.mark.parametrize("code", ["91340404MA20000180", "91340404MA2000008Y", "N2340404MF1234567B"])
def test_trap_06_check_characters_0_and_y_and_rural_collectives_are_right(code: str) -> None:
    assert read(code, "credit_code") == (code, None)


@pytest.mark.parametrize("text", ["911101066976942000", "9.11101E+17", "9.11101066976942e+17"])
def test_trap_05_a_code_that_was_stored_as_a_number_is_an_error_with_advice(text: str) -> None:
    assert read(text, "credit_code") == (None, "E-VAL-13")


def test_a_code_with_a_wrong_check_character_is_kept_and_asked_about() -> None:
    assert read("91350211M0000XUF46", "credit_code") == ("91350211M0000XUF46", "W-VAL-12")


@pytest.mark.parametrize(
    "text", ["9135", "91350100M00010OY43", "91350100M000100Y4", "税务登记中", "91350100M000100Y433"]
)
def test_what_can_be_no_credit_code_is_an_error(text: str) -> None:
    assert read(text, "credit_code") == (None, "E-VAL-12")


@pytest.mark.parametrize("text", ["无", "—", "个人"])
def test_who_has_no_credit_code_may_say_so(text: str) -> None:
    assert read(text, "credit_code") == (None, None)


@given(st.from_regex(r"[1-9ANY][0-9A-HJ-NPQRTUWXY][0-9]{6}[0-9A-HJ-NPQRTUWXY]{9}", fullmatch=True), st.integers(0, 16))
def test_one_changed_character_is_noticed(first: str, place: int) -> None:
    code = first + check_character(first)
    changed = code[:place] + ("1" if code[place] != "1" else "2") + code[place + 1 :]
    assert is_valid(code)
    assert not is_valid(changed)
