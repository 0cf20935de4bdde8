"""How cells of measures are read."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.one_cell import outcome, read


@pytest.mark.parametrize(
    "text", ["12", "１２", "12.0", "+12", "'12", " 12 ", "12\u200b", "012", "十二", "一十二", "拾贰", "1.2E1"]
)
def test_a_whole_number_has_many_spellings(text: str) -> None:
    assert read(text, "integer")[0] == 12


@pytest.mark.parametrize(
    "text",
    [
        "1,200",
        "1，200",
        "1 200",
        "１，２００",
        "1200人次",
        "1,200 人次",
        "1200（人次）",
        "一千二百",
        "一千二百人次",
        "1200人次。",
    ],
)
def test_groups_of_thousands_and_the_columns_own_unit_are_understood(text: str) -> None:
    assert read(text, "integer", unit="人次") == (1200, None)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("三", 3),
        ("十", 10),
        ("二十", 20),
        ("廿三", 23),
        ("一百零五", 105),
        ("一百一十", 110),
        ("两", 2),
        ("两百", 200),
        ("一千零二十", 1020),
        ("一万二千", 12_000),
        ("十万零五", 100_005),
        ("一亿零三百万", 103_000_000),
        ("壹佰贰拾叁", 123),
        ("〇", 0),
        ("负三", -3),
    ],
)
def test_chinese_numerals_are_read_as_they_are_spoken_in_full(text: str, number: int) -> None:
    assert read(text, "integer") == (number, None)


@pytest.mark.parametrize(
    "text",
    ["百五", "一百五", "二百五", "十百", "零五", "两十", "十两", "三四十", "两三", "一二三", "一千五十", "万", "半"],
)
def test_numerals_that_could_be_two_numbers_or_none_are_an_error(text: str) -> None:
    assert read(text, "integer") == (None, "E-VAL-04")


@pytest.mark.parametrize("text", ["无", "—", "——", "-", "/", "零", "0", "没有", "〇", "0.0"])
@pytest.mark.parametrize("kind", ["integer", "amount"])
def test_trap_08_a_dash_or_a_word_for_none_is_0_in_a_measure(text: str, kind: str) -> None:
    assert read(text, kind) == (0, None)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["", "  ", "\u3000", "\u00a0", "\u200b"])
def test_trap_08_a_blank_is_missing_and_not_0(text: str) -> None:
    assert (read(text, "integer"), read(text, "amount")) == ((None, None), (None, None))


@pytest.mark.parametrize(
    "text",
    [
        "约30",
        "30余",
        "30多",
        "近30",
        "30左右",
        ">30",
        "30+",
        "3-5",
        "3~5",
        "3至5",
        "12,34",
        "1200,300",
        "1,20",
        "12 34",
        "5²",
        "①",
        "12①",
        "½",
        "不详",
        "暂无",
    ],
)
def test_what_is_no_exact_number_is_an_error(text: str) -> None:
    assert read(text, "integer", unit="人") == (None, "E-VAL-04")
    assert read(text, "amount", unit="万元") == (None, "E-VAL-05")


@pytest.mark.parametrize("text", ["1.5", "三点五", "0.1"])
def test_a_fraction_is_no_whole_number(text: str) -> None:
    assert read(text, "integer") == (None, "E-VAL-04")


@pytest.mark.parametrize("text", ["95%", "９５％", "95.5 %", "5‰", "百分之九十五"])
def test_a_percentage_is_an_error_with_advice(text: str) -> None:
    assert (read(text, "integer"), read(text, "amount")) == ((None, "E-VAL-26"), (None, "E-VAL-26"))


@pytest.mark.parametrize("text", ["12元", "12人次", "12家", "12个", "十二个", "1.2万", "12小时"])
def test_a_number_in_another_unit_is_an_error_that_names_both(text: str) -> None:
    found = outcome(text, "integer", unit="人")
    assert (found.value, found.code, found.hint) == (None, "E-VAL-20", "人")


@pytest.mark.parametrize("text", ["3万", "三万", "1.2亿"])
def test_ten_thousands_in_a_column_of_ten_thousands_are_not_guessed(text: str) -> None:
    assert read(text, "amount", unit="万元", other_units={"元": 0.0001}) == (None, "E-VAL-20")


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("1280000元", 128.0, "128万元"),
        ("¥1200", 0.12, "0.12万元"),
        ("一百元整", 0.01, "0.01万元"),
        ("1,280,000.00 元", 128.0, "128万元"),
    ],
)
def test_trap_15_yuan_are_converted_where_the_form_says_so_and_the_result_is_told(
    text: str, value: float, shown: str
) -> None:
    found = outcome(text, "amount", unit="万元", other_units={"元": 0.0001})
    assert (found.value, found.code, found.hint) == (value, "I-VAL-24", shown)


@pytest.mark.parametrize("text", ["12.8万元", "12.8", "１２．８万元"])
def test_trap_15_the_columns_own_unit_needs_no_conversion(text: str) -> None:
    assert read(text, "amount", unit="万元", other_units={"元": 0.0001}) == (12.8, None)


def test_trap_15_mu_are_a_fifteenth_of_a_hectare_exactly() -> None:
    mu = {"亩": 0.06666666666666667}
    assert read("15亩", "amount", unit="公顷", other_units=mu) == (1.0, "I-VAL-24")
    assert read("三万亩", "amount", unit="公顷", other_units=mu) == (2000.0, "I-VAL-24")
    assert read("10亩", "amount", unit="公顷", other_units=mu) == (0.67, "W-VAL-25")


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [("1.005", 1.01, "1.01万元"), ("2.344", 2.34, "2.34万元"), ("-1.005", -1.01, "-1.01万元")],
)
def test_more_decimals_than_the_column_keeps_are_rounded_half_up_and_asked_about(
    text: str, value: float, shown: str
) -> None:
    found = outcome(text, "amount", unit="万元")
    assert (found.value, found.code, found.hint) == (value, "W-VAL-25", shown)


@pytest.mark.parametrize(("text", "value"), [("1.2E+03", 1200), ("1.2e3", 1200), ("4E0", 4)])
def test_scientific_notation_may_have_lost_digits_and_is_asked_about(text: str, value: int) -> None:
    assert read(text, "integer") == (value, "W-VAL-29")


@pytest.mark.parametrize("text", ["1e300", "9" * 20, "10000000000000"])
def test_a_number_beyond_what_the_warehouse_holds_is_an_error(text: str) -> None:
    assert read(text, "amount") == (None, "E-VAL-14")


@given(st.integers(-(10**14), 10**14), st.sampled_from(["{}", "{:,}", "{}.0", " {}人次", "{:,} 人次", "'{}"]))
def test_every_whole_number_comes_back(number: int, form: str) -> None:
    assert read(form.format(number), "integer", unit="人次") == (number, None)


@given(st.decimals(-(10**12), 10**12, places=2), st.sampled_from(["{}", "{:,}", "{}万元", "{:,} 万元", "{}０"]))
def test_every_amount_comes_back_as_the_nearest_float(number: Decimal, form: str) -> None:
    assert read(form.format(number), "amount", unit="万元") == (float(number), None)


@given(st.decimals(0, 10**9, places=2), st.sampled_from(["{}元", "¥{:,}"]))
def test_every_amount_in_another_unit_is_converted_exactly(number: Decimal, form: str) -> None:
    value, code = read(form.format(number), "amount", unit="万元", decimals=6, other_units={"元": 0.0001})
    assert (value, code) == (float(number / 10_000), "I-VAL-24")
