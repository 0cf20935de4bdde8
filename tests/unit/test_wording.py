import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.wording import comparison, display_value, percentage, round_half_up, silence

counts = st.integers(min_value=0, max_value=10**6)


@pytest.mark.parametrize(
    ("current", "base", "phrase"),
    [
        (1, 1, "同比持平"),
        (0, 0, "同比持平"),
        (5, 0, "同比增加5起（去年同期为0）"),
        (0, 12, "同比减少12起"),
        (24, 20, "同比增加4起，上升20.0%"),
        (18, 22, "同比减少4起，下降18.2%"),
        (10001, 10000, "同比增加1起"),
        (7, None, "去年同期数据缺失，暂不比较"),
        (None, 7, "本期无数据，暂不比较"),
        (None, None, "本期无数据，暂不比较"),
    ],
)
def test_each_case_of_the_decision_table_has_its_phrase(current: int | None, base: int | None, phrase: str) -> None:
    assert comparison(current, base, "起") == phrase


@pytest.mark.parametrize(("current", "base", "phrase"), [(7, 9, "同比减少2人"), (8, 10, "同比减少2人，下降20.0%")])
def test_a_base_below_ten_gives_no_percentage(current: int, base: int, phrase: str) -> None:
    assert comparison(current, base, "人") == phrase


def test_the_seed_is_reproduced_in_both_wordings() -> None:
    assert comparison(1, 1, "起") == "同比持平"
    assert comparison(0, 1, "人") == "同比减少1人"
    assert comparison(0, 1, "人", absolute_verb="下降") == "同比下降1人"
    assert comparison(2, 1, "人", absolute_verb="下降") == "同比上升1人"


# What bulletins printed, on bases of any size: 普洱 2025-01, 淮北 2022-09, 池州 2020-07 (domain catalogue 7.4).
@pytest.mark.parametrize(
    ("current", "base", "printed"),
    [
        (6, 6, ""), (7, 6, "上升16.7%"), (1, 0, ""), ("214.5", "221.7", "下降3.2%"),
        (18, 22, "下降18.2%"), (21, 28, "下降25.0%"), (3, 1, "上升200.0%"), (6, 11, "下降45.5%"), (7, 9, "下降22.2%"),
        (37, 45, "下降17.8%"), (33, 42, "下降21.4%"), (14, 31, "下降54.8%"),
    ],
)  # fmt: skip
def test_percentages_are_those_of_published_bulletins(current: int | str, base: int | str, printed: str) -> None:
    assert percentage(Decimal(current), Decimal(base)) == printed


@pytest.mark.parametrize(
    ("current", "base", "unit", "decimals", "printed"),
    [
        (6, 6, "起", 0, "同比持平"),
        (7, 6, "人", 0, "同比增加1人"),
        (1, 0, "人", 0, "同比增加1人（去年同期为0）"),
        ("214.5", "221.7", "万元", 2, "同比减少7.2万元，下降3.2%"),
        (18, 22, "起", 0, "同比减少4起，下降18.2%"),
        (21, 28, "人", 0, "同比减少7人，下降25.0%"),
    ],
)
def test_sentences_are_those_of_published_bulletins(
    current: int | str, base: int | str, unit: str, decimals: int, printed: str
) -> None:
    assert comparison(Decimal(current), Decimal(base), unit, decimals) == printed


@pytest.mark.parametrize(("part", "whole", "printed"), [(1824, 1871, "97.5%"), (20, 22, "90.9%"), (105, 105, "100.0%")])
def test_a_share_is_shown_with_one_decimal(part: int, whole: int, printed: str) -> None:
    assert display_value(Decimal(part) / Decimal(whole) * 100, "%", 1) == printed


@pytest.mark.parametrize(
    ("current", "base", "phrase"),
    [("97.5", "95", "同比上升2.5个百分点"), ("60", "100", "同比下降40个百分点"), ("97.51", "97.49", "同比持平")],
)
def test_percentages_compare_in_percentage_points(current: str, base: str, phrase: str) -> None:
    assert comparison(Decimal(current), Decimal(base), "%", 1) == phrase


@pytest.mark.parametrize(
    ("number", "decimals", "rounded"), [("12.25", 1, "12.3"), ("2.5", 0, "3"), ("-2.5", 0, "-3"), ("0.125", 2, "0.13")]
)
def test_halves_are_rounded_up(number: str, decimals: int, rounded: str) -> None:
    assert str(round_half_up(Decimal(number), decimals)) == rounded
    assert str(round_half_up(float(number), decimals)) == rounded


def test_a_yes_or_no_is_said_and_not_compared() -> None:
    assert comparison(1, 0, "是/否") == "是"
    assert comparison(0, None, "是/否") == "否"


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "shown"),
    [(None, "起", 0, "—"), (0, "起", 0, "0起"), (Decimal("128.00"), "万元", 2, "128.00万元"), (1, "是/否", 0, "是"),
     (0, "是/否", 0, "否"), (66.66666, "%", 1, "66.7%")],
)  # fmt: skip
def test_a_value_is_shown_with_its_unit_and_none_as_a_dash(
    value: Decimal | float | None, unit: str, decimals: int, shown: str
) -> None:
    assert display_value(value, unit, decimals) == shown


def test_silent_units_are_counted_for_both_years() -> None:
    assert silence(0) == silence(0, 0) == ""
    assert silence(3) == "（3家次未报）"
    assert silence(0, 2) == "（去年同期2家次未报）"
    assert silence(3, 2) == "（3家次未报，去年同期2家次未报）"


@given(counts, counts)
def test_no_phrase_reports_a_change_of_nothing(current: int, base: int) -> None:
    phrase = comparison(current, base, "起")
    assert not re.search(r"(?<![\d.])0(\.0)?[%起]", phrase)
    assert (phrase == "同比持平") == (current == base)


@given(counts, counts)
def test_more_and_less_mirror_each_other(current: int, base: int) -> None:
    mirrored = comparison(current, base, "起").partition("，")[0].partition("（")[0]
    swapped = comparison(base, current, "起").partition("，")[0].partition("（")[0]
    assert mirrored.replace("增加", "减少") == swapped.replace("增加", "减少")
    assert current == base or ("增加" in mirrored) != ("增加" in swapped)
