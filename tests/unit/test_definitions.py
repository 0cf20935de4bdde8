"""Grades, credit codes, periods, units and form definitions."""

from datetime import date

import pandas as pd
import pytest

from schemas.credit_code import check_character, is_valid
from schemas.form import FormError, load_forms, parse_form
from schemas.grade import accident_grade
from schemas.period import Period, PeriodError, periods_of
from schemas.unit import Unit, UnitError, build_register, load_register


@pytest.mark.parametrize(
    ("deaths", "serious", "loss", "grade"),
    [
        (0, 0, 120, 1), (2, 9, 999.99, 1), (3, 0, 0, 2), (0, 10, 0, 2), (0, 0, 1000, 2), (9, 49, 4999.99, 2),
        (10, 0, 0, 3), (0, 50, 0, 3), (0, 0, 5000, 3), (29, 99, 9999.99, 3),
        (30, 0, 0, 4), (0, 100, 0, 4), (0, 0, 10000, 4),
    ],
)  # fmt: skip
def test_the_grade_is_the_worst_of_three_criteria(deaths: int, serious: int, loss: float, grade: int) -> None:
    assert list(accident_grade(pd.Series([deaths]), pd.Series([serious]), pd.Series([loss]))) == [grade]


@pytest.mark.parametrize(
    "code",
    [
        "91350100M000100Y43",
        "91110108551385082Q",
        "911101066976941872",
        "91340404MA20000180",
        "91340404MA2000008Y",
    ],
)
def test_a_right_credit_code_is_valid(code: str) -> None:
    assert is_valid(code)
    assert check_character(code[:17]) == code[17]


@pytest.mark.parametrize("code", ["91350211M0000XUF46", "91350100M000100Y4", "91350100M000100Y4O", ""])
def test_a_wrong_credit_code_is_not(code: str) -> None:
    assert not is_valid(code)


def test_codes_of_village_collectives_with_a_letter_in_second_place_are_valid() -> None:
    code = "N2340404MF1234567"
    assert is_valid(code + check_character(code))


@pytest.mark.parametrize("text", ["2021-03", "2021-Q1", "2021-H1", "2021", "2021-03-ytd"])
def test_a_period_is_written_as_it_is_read(text: str) -> None:
    assert Period.parse(text).label == text


@pytest.mark.parametrize("text", ["2021-13", "2021-Q5", "2021-H3", "21-03", "", "2021-3", "2021-H1-ytd"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(PeriodError, match="看不懂"):
        Period.parse(text)


def test_the_month_before_january_is_december() -> None:
    before = Period.parse("2021-01").before()
    assert before is not None
    assert before.label == "2020-12"


def test_a_year_to_date_has_no_period_before() -> None:
    assert Period.parse("2021-03-ytd").before() is None


def test_a_month_lies_in_five_periods() -> None:
    assert {period.label for period in periods_of([date(2021, 6, 1)])} == {
        "2021-06", "2021-Q2", "2021-H1", "2021", "2021-06-ytd",
    }  # fmt: skip


def test_the_district_has_31_reporting_units_and_11_towns() -> None:
    levels = [unit.level for unit in load_register().units.values()]
    assert (levels.count("district"), levels.count("township"), levels.count("other")) == (1, 11, 20)


def test_every_obligation_names_a_form_that_exists_and_units_that_exist() -> None:
    register = load_register()
    assert {duty.form for duty in register.duties()} <= set(load_forms())
    assert {code for owed in register.obligations for code in owed.units} <= set(register.units)


def test_a_code_given_twice_is_refused() -> None:
    unit = Unit(code="340404", name="谢家集区", kind="district")
    with pytest.raises(UnitError, match="340404"):
        build_register([unit, unit], [])


def test_an_unknown_parent_is_refused() -> None:
    with pytest.raises(UnitError, match="340404001"):
        build_register([Unit(code="340404001", name="某街道", kind="street", parent="999999")], [])


def test_an_unknown_type_is_named_with_what_is_allowed() -> None:
    text = 'id="drill"\ncode="F08"\ntitle="t"\ngrain="event"\nkey=["a"]\n[columns.a]\nlabel="甲"\ntype="cod"\n'
    with pytest.raises(FormError, match=r"drill\.toml: .*columns\.a\.type = 'cod': unknown type; use text, code"):
        parse_form(text, "drill.toml")


def test_a_rule_over_an_unknown_column_is_refused() -> None:
    text = (
        'id="drill"\ncode="F08"\ntitle="t"\ngrain="event"\nkey=["a"]\n[columns.a]\nlabel="甲"\ntype="text"\n'
        '[[rules]]\ncode="E-F08-01"\nkind="filled"\ncolumn="b"\nmessage="m"\n'
    )
    with pytest.raises(FormError, match="unknown columns"):
        parse_form(text, "drill.toml")
