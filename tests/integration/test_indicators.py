from typing import Any

import pytest

from schemas.period import Period
from schemas.unit import Register, load_register
from tests.integration.builders import report
from tests.integration.facts import (
    BUREAU,
    DISTRICT,
    HOUSING,
    MANAGEMENT,
    STREET,
    TOWN,
    accident,
    community,
    incident,
    officer,
    training,
    villages,
)
from tests.integration.published import amount_of, load_all, publish_all, value_of
from warehouse.engine import Engine
from warehouse.setup import prepare
from warehouse.values import indicator_values


def test_an_accident_reported_by_township_and_department_counts_once_where_it_happened(engine: Engine) -> None:
    load_all(
        engine,
        report("accident", STREET, "2021-03", accident("2021-03-09")),
        report("accident", HOUSING, "2021-03", accident("2021-03-09", reporter_role="industry")),
    )
    assert amount_of(engine, "ACC01", "2021-03") == 1
    assert amount_of(engine, "ACC01", "2021-03", STREET) == 1
    assert amount_of(engine, "ACC01", "2021-03", HOUSING) == 0


def test_of_two_reports_the_later_stage_wins_and_then_the_department(engine: Engine) -> None:
    load_all(
        engine,
        report(
            "accident", STREET, "2021-03",
            accident("2021-03-09", 1, deaths=1, stage="verified"), accident("2021-03-09", 2, deaths=4),
        ),
        report(
            "accident", HOUSING, "2021-03",
            accident("2021-03-09", 1, deaths=0, stage="follow_up", reporter_role="industry"),
            accident("2021-03-09", 2, deaths=2, reporter_role="industry"),
        ),
    )  # fmt: skip
    assert amount_of(engine, "deaths", "2021-03") == 1 + 2


def test_an_accident_cancelled_in_a_later_month_leaves_its_own_month(engine: Engine) -> None:
    load_all(engine, report("accident", STREET, "2021-03", accident("2021-03-09", deaths=1)))
    assert amount_of(engine, "ACC02", "2021-03") == 1
    cancelled = accident("2021-03-09", deaths=1, stage="cancelled", cancel_basis="illness")
    publish_all(engine, report("accident", STREET, "2021-05", cancelled))
    assert [value_of(engine, code, "2021-03").value for code in ("ACC01", "ACC02", "ACC07")] == [0, 0, 0]


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ({"direct_loss_wan": 99.99}, 0),
        ({"direct_loss_wan": 100.0}, 1),
        ({"direct_loss_wan": None}, 0),
        ({"direct_loss_wan": 5.0, "minor_injuries": 1}, 1),
        ({"direct_loss_wan": None, "missing_persons": 1}, 1),
        ({"direct_loss_wan": 5.0, "override_reason": "社会影响较大"}, 1),
        ({"direct_loss_wan": 5.0, "override_reason": "无"}, 0),
        ({"deaths": 1, "is_production": False}, 0),
    ],
)
def test_what_counts_as_an_accident(engine: Engine, said: dict[str, Any], counts: int) -> None:
    load_all(engine, report("accident", STREET, "2021-03", accident("2021-03-09", **said)))
    assert amount_of(engine, "ACC01", "2021-03") == counts


def test_casualties_losses_and_grades_are_added_up(engine: Engine) -> None:
    publish_all(
        engine,
        report(
            "accident", STREET, "2021-03",
            accident("2021-03-02", deaths=3, serious_injuries=2, minor_injuries=5, direct_loss_wan=250.55, grade="2"),
            accident("2021-03-09", deaths=1, direct_loss_wan=0.45),
            accident("2021-03-20", minor_injuries=4, direct_loss_wan=None),
        ),
    )  # fmt: skip
    figures = {f"ACC0{number}": value_of(engine, f"ACC0{number}", "2021-03").value for number in range(1, 8)}
    assert figures == {"ACC01": 3, "ACC02": 4, "ACC03": 2, "ACC04": 11, "ACC05": 251, "ACC06": 1, "ACC07": 2}


def test_an_accident_just_before_midnight_reported_next_month_counts_in_its_own(engine: Engine) -> None:
    late = accident("2021-03-31", occurred_at="2021-03-31 23:55")
    publish_all(engine, report("accident", STREET, "2021-03"), report("accident", STREET, "2021-04", late))
    assert value_of(engine, "ACC01", "2021-03").value == 1
    assert value_of(engine, "ACC01", "2021-04").value == 0


def test_gas_leaks_count_once_and_those_of_municipal_works_apart(engine: Engine) -> None:
    load_all(
        engine,
        report("incident", STREET, "2021-02", incident("2021-02-03"), incident("2021-02-09", cause_code="misuse")),
        report("incident", MANAGEMENT, "2021-02", incident("2021-02-03"), incident("2021-02-05", town_code=TOWN)),
        report("incident", TOWN, "2021-02", incident("2021-02-11", incident_type="collapse", town_code=TOWN)),
    )
    assert (amount_of(engine, "INC01", "2021-02"), amount_of(engine, "INC02", "2021-02")) == (3, 2)
    assert amount_of(engine, "INC02", "2021-02", TOWN) == 1


def test_a_training_counts_in_the_month_in_which_it_ended(engine: Engine) -> None:
    load_all(
        engine,
        report("training", BUREAU, "2021-06", training("2021-06-10")),
        report("training", BUREAU, "2021-07", training("2021-07-01", started_on="2021-06-29")),
    )
    assert amount_of(engine, "TRN01", "2021-H1") == 1
    assert amount_of(engine, "TRN01", "2021") == 2


def test_only_safety_trainings_that_the_bureau_held_are_its_own(engine: Engine) -> None:
    load_all(
        engine,
        report("training", BUREAU, "2021-05", training("2021-05-10"), training("2021-05-11", category="rescue")),
        report("training", STREET, "2021-05", training("2021-05-12", organizer_level="township")),
    )
    assert (amount_of(engine, "TRN01", "2021-05"), amount_of(engine, "TRN02", "2021-05")) == (1, 3)


def test_a_training_listed_again_by_its_unit_counts_once_and_by_another_twice(engine: Engine) -> None:
    load_all(
        engine,
        report("training", BUREAU, "2021-05", training("2021-05-10")),
        report("training", BUREAU, "2021-06", training("2021-05-10"), training("2021-06-10")),
        report("training", STREET, "2021-05", training("2021-05-10")),
    )
    assert [amount_of(engine, "TRN02", month) for month in ("2021-05", "2021-06")] == [2, 1]


def test_a_community_that_applies_for_two_titles_counts_once_and_one_that_prepares_not(engine: Engine) -> None:
    prepare(engine, load_register(villages({f"{STREET}00{number}": STREET for number in (1, 2)})))
    first, second = f"{STREET}001", f"{STREET}002"
    planned = community(second, "2021-06-20", stage="founding")
    june = {"officer": [officer(STREET, None)], "community": [community(first, "2021-06-18"), planned]}
    july = {"officer": [officer(STREET, None)], "community": [community(first, "2021-06-18", stage="county_check")]}
    publish_all(
        engine,
        report("officer_community", STREET, "2021-06", tables=june),
        report("officer_community", STREET, "2021-07", tables=july),
    )
    assert value_of(engine, "COM01", "2021-06").value == 1
    assert value_of(engine, "COM01", "2021-07").value == 0
    assert value_of(engine, "COM01", "2021", STREET).value == 1


def test_coverage_is_a_ratio_of_sums_with_each_level_apart(engine: Engine) -> None:
    prepare(engine, load_register(villages({f"{STREET}00{number}": STREET for number in (1, 2, 3)})))
    publish_all(
        engine,
        report("officer_community", BUREAU, "2021-03", officer(DISTRICT, "2021-03-13")),
        report(
            "officer_community", STREET, "2021-03",
            officer(STREET, "2021-03-11"), officer(STREET, "2021-02-01"), officer(f"{STREET}001", "2021-03-12"),
            officer(f"{STREET}002", "2020-11-12"), officer(f"{STREET}003", None),
        ),
    )  # fmt: skip
    covered = value_of(engine, "OFF02", "2021-03")
    assert (covered.numerator, covered.denominator, covered.value) == (3, 15, 20)
    assert [(part.label, part.numerator, part.denominator) for part in covered.breakdown] == [
        ("区", 1, 1), ("乡镇街道", 1, 11), ("村社区", 1, 3),
    ]  # fmt: skip
    assert value_of(engine, "OFF02", "2021-03", STREET).value == 50
    assert value_of(engine, "OFF03", "2021-03").value == 0
    assert value_of(engine, "OFF03", "2021-03", STREET).wording == "否"


def test_all_levels_are_covered_when_every_place_is(engine: Engine) -> None:
    prepare(engine, load_register(villages({f"{STREET}001": STREET})))
    rows = [officer(STREET, "2021-03-11"), officer(f"{STREET}001", "2021-03-12")]
    publish_all(engine, report("officer_community", STREET, "2021-03", *rows))
    assert value_of(engine, "OFF03", "2021-03", STREET).wording == "是"
    assert value_of(engine, "OFF02", "2021-03", STREET).wording.startswith("去年同期数据缺失")


def test_a_training_is_found_though_the_register_of_its_month_never_came(engine: Engine) -> None:
    load_all(
        engine,
        report("officer_community", STREET, "2021-02", officer(STREET, "2020-01-08")),
        report("officer_community", STREET, "2021-05", officer(STREET, "2021-03-30")),
    )
    assert amount_of(engine, "OFF02", "2021-Q1", STREET) == 100


def test_a_training_is_remembered_when_a_later_one_takes_its_place(engine: Engine) -> None:
    publish_all(
        engine,
        report("officer_community", STREET, "2021-02", officer(STREET, "2021-02-08")),
        report("officer_community", STREET, "2021-05", officer(STREET, "2021-05-13")),
    )
    assert value_of(engine, "OFF02", "2021-Q1", STREET).value == 100
    assert value_of(engine, "OFF02", "2021-H1", STREET).numerator == 1


def test_a_place_counts_only_in_periods_at_whose_end_it_exists(engine: Engine) -> None:
    abolished = villages({f"{STREET}001": STREET}) + "valid_to = 2021-03-01\n"
    prepare(engine, load_register(abolished))
    publish_all(engine, *(report("officer_community", STREET, f"2021-0{month}", officer(STREET, None))
                          for month in (1, 2, 3)))  # fmt: skip
    denominators = [value_of(engine, "OFF02", period, STREET).denominator for period in ("2021-02", "2021-03", "2021")]
    assert denominators == [2, 1, 1]


def test_a_value_is_compared_with_a_year_ago_and_with_the_period_before(engine: Engine) -> None:
    publish_all(
        engine,
        report("training", BUREAU, "2020-05", training("2020-05-06")),
        report("training", BUREAU, "2021-04", training("2021-04-01"), training("2021-04-02"), training("2021-04-03")),
        report("training", BUREAU, "2021-05", training("2021-05-06"), training("2021-05-07")),
    )
    may = value_of(engine, "TRN02", "2021-05")
    assert (may.value, may.year_ago, may.change, may.change_rate, may.previous) == (2, 1, 1, 100, 3)
    assert may.wording.startswith("同比增加1场次（")
    to_date = value_of(engine, "TRN02", "2021-05-ytd")
    assert (to_date.value, to_date.year_ago, to_date.previous) == (5, 1, None)


def test_a_base_of_zero_has_a_change_but_no_rate(engine: Engine) -> None:
    publish_all(
        engine,
        report("training", BUREAU, "2020-05"),
        report("training", BUREAU, "2021-05", training("2021-05-06")),
    )
    may = value_of(engine, "TRN02", "2021-05")
    assert (may.year_ago, may.change, may.change_rate) == (0, 1, None)
    assert may.wording.startswith("同比增加1场次（去年同期为0）")


def test_a_coverage_differs_in_percentage_points(engine: Engine) -> None:
    publish_all(
        engine,
        report("officer_community", STREET, "2020-03", officer(STREET, "2020-03-11")),
        report("officer_community", STREET, "2021-03", officer(STREET, "2020-03-11")),
    )
    march = value_of(engine, "OFF02", "2021-03", STREET)
    assert (march.year_ago, march.change, march.change_rate) == (100, -100, None)
    assert march.wording == "同比下降100个百分点"


def test_months_add_up_to_every_longer_period(engine: Engine) -> None:
    months = [f"2021-{month:02d}" for month in range(1, 8)]
    publish_all(engine, *(report("training", BUREAU, month, training(f"{month}-15")) for month in months))
    periods = {"2021-05": 1, "2021-Q2": 3, "2021-H1": 6, "2021-H2": 1, "2021": 7, "2021-05-ytd": 5}
    assert {period: value_of(engine, "TRN02", period, BUREAU).value for period in periods} == periods


def test_a_zero_report_is_zero_and_silence_is_nothing(engine: Engine) -> None:
    publish_all(engine, report("training", STREET, "2021-03"), report("incident", TOWN, "2021-03"))
    zero, silent = value_of(engine, "TRN02", "2021-03", STREET), value_of(engine, "TRN02", "2021-03", TOWN)
    assert (zero.value, zero.numerator, zero.reports_expected, zero.reports_received) == (0, 0, 1, 1)
    assert (silent.value, silent.numerator, silent.reports_expected, silent.reports_received) == (None, None, 1, 0)
    assert silent.wording == "本期无数据，暂不比较（1家次未报）"
    assert value_of(engine, "TRN02", "2021-03").wording == "去年同期数据缺失，暂不比较（8家次未报）"


def test_coverage_of_which_nobody_reported_is_not_zero_percent(engine: Engine) -> None:
    publish_all(engine, report("training", STREET, "2021-03"))
    covered = value_of(engine, "OFF02", "2021-03")
    assert (covered.value, covered.denominator) == (None, 7)


def test_reports_are_expected_only_for_the_months_between_the_first_and_the_last_received(engine: Engine) -> None:
    publish_all(engine, report("training", BUREAU, "2021-02"), report("training", BUREAU, "2021-04"))
    year = value_of(engine, "TRN02", "2021", BUREAU)
    assert (year.reports_expected, year.reports_received) == (3, 2)
    assert value_of(engine, "TRN02", "2021-Q2", BUREAU).reports_expected == 1


def test_a_rejected_report_is_not_received_and_opens_no_months(engine: Engine) -> None:
    publish_all(
        engine,
        report("training", BUREAU, "2021-02"),
        report("training", STREET, "2021-02", training("2021-02-03"), errors=["日期有误"]),
        report("training", BUREAU, "2031-01", errors=["报告期还没有到"]),
    )
    february = value_of(engine, "TRN02", "2021-02")
    assert (february.value, february.reports_expected, february.reports_received) == (0, 9, 1)
    assert value_of(engine, "TRN02", "2021", BUREAU).reports_expected == 1


def test_a_report_nobody_asked_for_counts_its_rows_but_not_as_expected(engine: Engine) -> None:
    publish_all(engine, report("training", "340404D19", "2021-02", training("2021-02-03")))
    value = value_of(engine, "TRN02", "2021-02", "340404D19")
    assert (value.value, value.reports_expected, value.reports_received) == (1, 0, 0)
    assert value_of(engine, "TRN02", "2021-02").value == 1


def test_a_late_row_changes_the_month_to_which_it_belongs(engine: Engine) -> None:
    months = ("2021-03", "2021-04")
    publish_all(engine, report("training", BUREAU, "2021-03", training("2021-03-05")))
    publish_all(engine, report("training", BUREAU, "2021-04", training("2021-04-05")))
    assert [value_of(engine, "TRN02", month).value for month in months] == [1, 1]
    publish_all(engine, report("training", STREET, "2021-04", training("2021-03-30"), training("2021-04-06")))
    assert [value_of(engine, "TRN02", month).value for month in months] == [2, 2]
    assert value_of(engine, "TRN02", "2021-03", STREET).reports_received == 0


def test_a_corrected_report_replaces_the_whole_of_the_first(engine: Engine) -> None:
    publish_all(engine, report("training", BUREAU, "2021-03", training("2021-03-05"), training("2021-03-06")))
    publish_all(engine, report("training", BUREAU, "2021-03", training("2021-03-07"), version=2))
    corrected = value_of(engine, "TRN02", "2021-03")
    assert (corrected.value, corrected.reports_received) == (1, 1)


def test_loading_in_one_night_or_in_three_gives_the_same_values(
    engine: Engine, empty_engine: Engine, register: Register
) -> None:
    files = [
        report("accident", STREET, "2021-03", accident("2021-03-09")),
        report("accident", HOUSING, "2021-04", accident("2021-03-09", reporter_role="industry", deaths=1)),
        report("training", BUREAU, "2021-02", training("2021-01-20")),
    ]
    prepare(empty_engine, register)
    for file in files:
        publish_all(empty_engine, file)
    publish_all(engine, *files)
    for period in ("2021-02", "2021-03", "2021-04", "2021-Q1", "2021-H1", "2021", "2021-04-ytd"):
        for unit in (DISTRICT, STREET, HOUSING, BUREAU):
            in_three, in_one = (indicator_values(each, Period.parse(period), unit) for each in (empty_engine, engine))
            assert in_one.indicators
            assert in_three.indicators == in_one.indicators
