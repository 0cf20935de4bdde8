"""What changed between two publications, and the reports and acts that are told as the reasons."""

from datetime import date

import pytest

from schemas.period import Period
from schemas.unit import Register
from tests.integration.builders import Report, report
from tests.integration.facts import BUREAU, DISTRICT, HOUSING, STREET, TOWN, accident, training
from tests.integration.model_events import Merge
from tests.integration.published import publish_all
from tests.integration.stage import merged
from warehouse.acts import Act, close_month, release_month, withdraw
from warehouse.causes import Cause
from warehouse.changes import ChangedValue, Changes, changes
from warehouse.engine import Engine
from warehouse.errors import WarehouseError
from warehouse.publish import publish
from warehouse.register import load_indicators
from warehouse.setup import prepare

MARCH = date(2021, 3, 1)
H1 = Period.parse("2021-H1")
ACT = Act(who="王科长", why="三月通报已发")


def trainings(unit: str, month: str, count: int, version: int = 1, correction: str | None = None) -> Report:
    held = [training(f"{month}-{number + 4:02d}", number) for number in range(1, count + 1)]
    return report("training", unit, month, *held, version=version, correction=correction)


def since_first(engine: Engine, period: str = "2021-H1", unit: str | None = None) -> Changes:
    return changes(engine, Period.parse(period), since=1, unit_code=unit)


def of(found: Changes, code: str, unit: str = DISTRICT) -> ChangedValue:
    return next(value for value in found.values if (value.code, value.unit_code, value.dimension) == (code, unit, ""))


def before_and_after(value: ChangedValue, figure: str = "value") -> tuple[object, object, object]:
    changed = value.figures[figure]
    return changed.before, changed.after, changed.difference


def told(cause: Cause) -> tuple[object, ...]:
    return cause.kind, cause.unit_code, cause.month, cause.version, cause.numerator, cause.reason


def test_nothing_changed_since_the_publication_that_stands(engine: Engine) -> None:
    publish_all(engine, trainings(BUREAU, "2021-03", 2))

    assert since_first(engine).values == ()


def test_a_correction_is_told_with_its_note_and_its_difference_in_every_unit_above(engine: Engine) -> None:
    publish_all(engine, trainings(STREET, "2021-03", 2))
    publish_all(engine, trainings(STREET, "2021-03", 3, version=2, correction="漏计一场"))

    found = since_first(engine)

    assert {(value.code, value.unit_code) for value in found.values} == {
        (code, unit) for code in ("TRN01", "TRN02", "TRN03", "SUB08") for unit in (STREET, DISTRICT)
    }
    assert before_and_after(of(found, "TRN02")) == (2, 3, 1)
    assert [told(cause) for cause in of(found, "TRN02").causes] == [("correction", STREET, "2021-03", 2, 1, "漏计一场")]


def test_a_report_that_came_late_is_told_though_nothing_happened_in_it(engine: Engine) -> None:
    publish_all(engine, trainings(STREET, "2021-03", 1))
    publish_all(engine, trainings(TOWN, "2021-03", 0))

    found = since_first(engine)

    assert before_and_after(of(found, "TRN02", TOWN)) == (None, 0, None)
    assert before_and_after(of(found, "TRN02", DISTRICT), "reports_received") == (1, 2, 1)
    assert [told(cause) for cause in of(found, "TRN02", TOWN).causes] == [("late", TOWN, "2021-03", 1, 0, None)]
    assert of(found, "TRN02", DISTRICT).causes[0].reports == 1


def test_a_withdrawal_is_told_with_who_and_why(engine: Engine) -> None:
    publish_all(engine, trainings(STREET, "2021-03", 2), trainings(BUREAU, "2021-03", 1))
    withdraw(engine, "training", STREET, MARCH, Act(who="李主任", why="报错了单位"))
    publish(engine, "test")

    (cause,) = of(since_first(engine), "TRN02").causes

    assert told(cause) == ("withdrawal", STREET, "2021-03", 1, -2, "报错了单位")
    assert (cause.who, cause.reports) == ("李主任", -1)


def test_what_was_let_into_a_closed_month_is_told_with_the_reason_of_its_release(engine: Engine) -> None:
    publish_all(engine, trainings(STREET, "2021-03", 2))
    close_month(engine, MARCH, ACT)
    publish_all(engine, trainings(STREET, "2021-03", 5, version=2, correction="补三场"))
    assert since_first(engine).values == ()
    release_month(engine, MARCH, Act(who="王科长", why="经核实同意更正"))
    publish(engine, "test")

    (cause,) = of(since_first(engine), "TRN02").causes

    assert told(cause) == ("release", STREET, "2021-03", 2, 3, "经核实同意更正")
    assert cause.who == "王科长"


def test_a_later_stage_of_an_accident_is_told_by_its_name(engine: Engine) -> None:
    flash = accident("2021-03-09", town_code=STREET, minor_injuries=1, entered_at="2021-03-09 10:00")
    verified = {**flash, "stage": "verified", "deaths": 1, "minor_injuries": 0, "entered_at": "2021-04-01 10:00"}
    publish_all(engine, report("accident", STREET, "2021-03", flash))
    publish_all(engine, report("accident", HOUSING, "2021-04", {**verified, "reporter_role": "industry"}))

    value = of(since_first(engine), "ACC02")

    assert before_and_after(value) == (0, 1, 1)
    (cause, *_) = value.causes
    assert (cause.kind, cause.unit_code, cause.month) == ("late", HOUSING, "2021-04")
    assert cause.stage == f"{flash['accident_no']}核报"


@pytest.mark.slow
def test_what_is_now_told_by_another_report_is_told_so(engine: Engine) -> None:
    flash = accident("2021-03-09", town_code=STREET, minor_injuries=1, entered_at="2021-03-09 10:00")
    publish_all(engine, report("accident", STREET, "2021-03", flash))
    later = {**flash, "stage": "verified", "minor_injuries": 2, "reporter_role": "industry"}
    publish_all(engine, report("accident", HOUSING, "2021-04", later))

    causes = of(since_first(engine, "2021-03"), "ACC04").causes

    assert {(cause.kind, cause.unit_code, cause.numerator) for cause in causes} == {
        ("superseded_elsewhere", STREET, -1),
        ("late", HOUSING, 2),
    }


def test_a_correction_of_last_year_is_told_for_the_base(engine: Engine) -> None:
    publish_all(engine, trainings(STREET, "2020-03", 2), trainings(STREET, "2021-03", 3))
    publish_all(engine, trainings(STREET, "2020-03", 4, version=2, correction="去年漏报"))

    value = of(since_first(engine), "TRN02")

    assert before_and_after(value, "year_ago") == (2, 4, 2)
    assert [(cause.of, *told(cause)) for cause in value.causes] == [
        ("year_ago", "correction", STREET, "2020-03", 2, 2, "去年漏报")
    ]


@pytest.mark.slow
def test_a_base_that_gains_a_merged_unit_is_told_as_a_change_of_units(engine: Engine, register: Register) -> None:
    last_year = (trainings(TOWN, "2020-03", 2), trainings("340404200", "2020-03", 1))
    publish_all(engine, *last_year, trainings(TOWN, "2021-03", 2))
    prepare(engine, merged(register, Merge("340404200", TOWN, MARCH)))
    publish(engine, "test")

    value = of(since_first(engine, "2021-03"), "TRN02", TOWN)

    assert before_and_after(value, "year_ago") == (2, 3, 1)
    assert [told(cause) for cause in value.causes] == [("units", "340404200", "2020-03", 1, 1, None)]


@pytest.mark.slow
def test_who_owes_what_no_more_is_told_without_a_report(engine: Engine, register: Register) -> None:
    publish_all(engine, trainings(TOWN, "2021-03", 2))
    prepare(engine, merged(register, Merge("340404200", TOWN, MARCH)))
    publish(engine, "test")

    value = of(since_first(engine, "2021-03"), "TRN02")

    assert before_and_after(value, "reports_expected")[2] == -1
    assert value.causes == ()


def test_only_one_units_values_are_told_when_asked(engine: Engine) -> None:
    publish_all(engine, trainings(STREET, "2021-03", 1))
    publish_all(engine, trainings(STREET, "2021-03", 2, version=2), trainings(TOWN, "2021-03", 2))

    assert {value.unit_code for value in since_first(engine, unit=TOWN).values} == {TOWN}


def test_without_a_publication_the_bulletins_is_taken(engine: Engine) -> None:
    days = (date(2021, 7, 8), date(2021, 7, 12), date(2021, 7, 13))
    for version, day in enumerate(days, 1):
        publish_all(engine, trainings(STREET, "2021-06", version, version=version), day=day)

    found = changes(engine, H1)

    assert (found.since.publication, found.since.day, found.until.publication) == (2, "2021-07-12", 3)
    assert before_and_after(of(found, "TRN02")) == (2, 3, 1)


def test_a_publication_that_is_not_there_is_refused_by_its_number(engine: Engine) -> None:
    with pytest.raises(WarehouseError, match="尚未发布过"):
        changes(engine, H1)
    publish_all(engine, trainings(STREET, "2021-03", 1))

    with pytest.raises(WarehouseError, match="没有第 7 次发布"):
        changes(engine, H1, since=7)


def test_what_the_causes_add_is_what_the_value_changed_by(engine: Engine) -> None:
    publish_all(
        engine, *(trainings(unit, "2021-03", 2) for unit in (STREET, TOWN, BUREAU)), trainings(TOWN, "2021-05", 1)
    )
    withdraw(engine, "training", BUREAU, MARCH, ACT)
    publish_all(
        engine,
        trainings(STREET, "2021-03", 6, version=2),
        trainings(TOWN, "2021-03", 1, version=2),
        trainings(STREET, "2021-05", 3),
    )

    added_up = {each.id for each in load_indicators().values() if each.value == each.over_units == "sum"}
    compared = [
        value for value in since_first(engine).values if value.indicator in added_up and "value" in value.figures
    ]
    assert {"trainings", "missing_reports", "revisions_after_publication"} <= {value.indicator for value in compared}
    for value in compared:
        if value.figures["value"].difference is not None:
            added = sum(cause.numerator or 0 for cause in value.causes if cause.of == "value")
            assert added == value.figures["value"].difference, value


def test_that_a_month_became_due_is_no_reports_cause(engine: Engine) -> None:
    publish_all(engine, trainings(STREET, "2021-03", 2))
    publish_all(engine, trainings(STREET, "2021-05", 3))

    value = of(since_first(engine), "SUB01", STREET)

    assert before_and_after(value)[2] not in (None, 0)
    assert {(cause.form, cause.month) for cause in value.causes} == {("training", "2021-05")}
