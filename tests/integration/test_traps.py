"""The traps of real data (catalogue, Appendix B) that several files or nights show; the others are in tests/unit."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from schemas.period import Period
from schemas.unit import load_register
from tests.integration.builders import build_batch, report
from tests.integration.facts import BUREAU, DISTRICT, HOUSING, STREET, TOWN, accident, hazard, training
from tests.integration.published import publish_all, value_of
from warehouse.acts import Act, close_month, release_month
from warehouse.engine import Engine
from warehouse.load import load
from warehouse.publish import publish
from warehouse.setup import prepare
from warehouse.status import month_status
from warehouse.tables import issue, submission
from warehouse.values import indicator_values

MARCH = date(2021, 3, 1)


def codes(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.execute(sa.select(issue.c.code).order_by(issue.c.issue_id)).scalars())


def statuses(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.execute(sa.select(submission.c.status).order_by(submission.c.submission_id)).scalars())


def test_trap_17_two_files_of_one_version_with_other_content_are_never_added_up(engine: Engine) -> None:
    publish_all(engine, report("training", BUREAU, "2021-03", training("2021-03-05"), name="甲.xlsx"))
    two = report("training", BUREAU, "2021-03", training("2021-03-05"), training("2021-03-06", 2), name="乙.xlsx")
    publish_all(engine, two)
    assert (statuses(engine), codes(engine)) == (["accepted", "rejected"], ["E-COV-08"])
    assert value_of(engine, "TRN02", "2021-03").value == 1


def test_trap_20_one_accident_from_town_and_department_with_other_deaths_counts_once_and_is_asked_about(
    engine: Engine,
) -> None:
    publish_all(
        engine,
        report("accident", STREET, "2021-03", accident("2021-03-09", deaths=1)),
        report("accident", HOUSING, "2021-03", accident("2021-03-09", deaths=2, reporter_role="industry")),
    )
    assert value_of(engine, "ACC02", "2021-03").value == 2
    assert "W-X02" in codes(engine)


@pytest.mark.parametrize(
    ("sector", "on", "is_late"),
    [
        ("town_gas", "2021-04-08", False),
        ("town_gas", "2021-04-09", True),
        ("road_transport", "2021-03-16", False),
        ("road_transport", "2021-03-17", True),
    ],
)
def test_trap_21_a_death_after_30_days_or_7_on_the_road_is_asked_about(
    engine: Engine, sector: str, on: str, *, is_late: bool
) -> None:
    first = accident("2021-03-09", sector=sector, entered_at="2021-03-09 10:00")
    later = {**first, "deaths": 1, "stage": "follow_up", "entered_at": f"{on} 10:00"}
    load(engine, build_batch(report("accident", STREET, "2021-03", first)))
    load(engine, build_batch(report("accident", STREET, "2021-04", later)))
    assert ("W-F01-10" in codes(engine)) is is_late


def test_trap_23_an_accident_struck_off_in_a_later_month_lowers_the_year_to_date(engine: Engine) -> None:
    publish_all(engine, report("accident", STREET, "2021-03", accident("2021-03-09", deaths=1)))
    assert value_of(engine, "ACC02", "2021-03-ytd").value == 1
    cancelled = accident("2021-03-09", deaths=1, stage="cancelled", cancel_basis="illness")
    publish_all(engine, report("accident", STREET, "2021-04", cancelled))
    assert value_of(engine, "ACC02", "2021-04-ytd").value == 0


def test_trap_25_an_open_hazard_that_vanishes_without_closing_is_an_error(engine: Engine) -> None:
    load(engine, build_batch(report("hazard", STREET, "2021-03", hazard("2021-03-05"), hazard("2021-03-06", 2))))
    load(engine, build_batch(report("hazard", STREET, "2021-04", hazard("2021-03-05"))))
    assert (statuses(engine), codes(engine).count("E-F05-12")) == (["accepted", "rejected"], 1)


def test_trap_26_a_hazard_that_was_closed_is_not_opened_again(engine: Engine) -> None:
    closed = hazard("2021-03-05", status="closed", fixed_on="2021-03-08", verified_on="2021-03-09", verifier="某")
    load(engine, build_batch(report("hazard", STREET, "2021-03", closed)))
    load(engine, build_batch(report("hazard", STREET, "2021-04", hazard("2021-03-05"))))
    assert "E-F05-14" in codes(engine)


def test_trap_27_a_rectification_rate_is_of_those_found_and_never_above_100(engine: Engine) -> None:
    old = [hazard("2021-02-05", number) for number in (1, 2, 3)]
    closed = {"status": "closed", "fixed_on": "2021-03-08", "verified_on": "2021-03-09", "verifier": "某"}
    publish_all(
        engine,
        report("hazard", STREET, "2021-02", *old),
        report("hazard", STREET, "2021-03", *({**row, **closed} for row in old), hazard("2021-03-05", 4)),
    )
    march = value_of(engine, "HAZ04", "2021-03")
    assert (march.numerator, march.denominator, march.value) == (0, 1, 0)
    assert value_of(engine, "HAZ04", "2021-H1").value == 75


def test_trap_32_a_unit_that_sent_nothing_is_not_a_unit_with_nothing(engine: Engine) -> None:
    publish_all(engine, report("training", BUREAU, "2021-03"), report("training", STREET, "2021-03"))
    assert value_of(engine, "TRN02", "2021-03", STREET).value == 0
    assert value_of(engine, "TRN02", "2021-03", TOWN).value is None
    district = value_of(engine, "TRN02", "2021-03")
    assert district.reports_received == 2 < (district.reports_expected or 0)


def test_trap_34_a_unit_owes_only_while_it_exists(engine: Engine) -> None:
    own = (
        '[[units]]\ncode = "340404202"\nname = "新设乡"\nkind = "township"\nparent = "340404"\n'
        "valid_from = 2021-03-01\nvalid_to = 2021-05-01\n"
    )
    prepare(engine, load_register(own))

    def owes(month: date) -> bool:
        return any(line.unit_code == "340404202" and line.owed for line in month_status(engine, month))

    assert [owes(date(2021, month, 1)) for month in (2, 3, 4, 5)] == [False, True, True, False]


def test_trap_35_a_correction_of_last_year_changes_the_base_and_leaves_what_was_known_before(engine: Engine) -> None:
    publish_all(
        engine,
        report("accident", STREET, "2020-03", accident("2020-03-09", deaths=1)),
        report("accident", STREET, "2021-03", accident("2021-03-09")),
    )
    before = datetime.now(UTC)
    publish_all(engine, report("accident", STREET, "2020-03", accident("2020-03-09", deaths=2), version=2))
    assert value_of(engine, "ACC02", "2021-03").year_ago == 2
    with engine.begin() as connection:
        connection.execute(sa.text("SELECT set_config('huizong.as_of', :as_of, TRUE)"), {"as_of": f"{before}"})
        assert connection.execute(sa.text("SELECT sum(deaths) FROM form.accident")).scalar_one() == 1


def test_trap_38_the_same_night_again_changes_nothing(engine: Engine) -> None:
    files = [report("training", BUREAU, "2021-03", training("2021-03-05")), report("accident", STREET, "2021-03")]
    publish_all(engine, *files)
    values = indicator_values(engine, Period.parse("2021-03"), DISTRICT).indicators
    again = load(engine, build_batch(*files))
    assert (again.files, again.rows) == (0, 0)
    assert publish_all(engine, *files).changed == 0
    assert indicator_values(engine, Period.parse("2021-03"), DISTRICT).indicators == values


def test_trap_39_a_late_file_for_a_closed_month_is_held(engine: Engine) -> None:
    publish_all(engine, report("training", BUREAU, "2021-03", training("2021-03-05")))
    close_month(engine, MARCH, Act(who="管理员", why="三月通报已发"))

    more = report("training", BUREAU, "2021-03", training("2021-03-05"), training("2021-03-06", 2), version=2)
    published = publish_all(engine, more, report("training", STREET, "2021-03", training("2021-03-08")))

    assert statuses(engine) == ["accepted", "held", "held"]
    assert (published.changed, value_of(engine, "TRN02", "2021-03").value) == (0, 1)


def test_what_was_held_counts_when_it_is_released(engine: Engine) -> None:
    publish_all(engine, report("training", BUREAU, "2021-03", training("2021-03-05")))
    act = Act(who="管理员", why="三月通报已发")
    close_month(engine, MARCH, act)
    more = report("training", BUREAU, "2021-03", training("2021-03-05"), training("2021-03-06", 2), version=2)
    publish_all(engine, more, report("training", STREET, "2021-03", training("2021-03-08")))

    release_month(engine, MARCH, act, unit_code=BUREAU)
    publish(engine, "test")

    assert statuses(engine) == ["superseded", "accepted", "held"]
    assert value_of(engine, "TRN02", "2021-03").value == 2


def test_what_was_held_arrived_when_it_came_and_not_before_it_is_released(engine: Engine) -> None:
    publish_all(engine, report("training", BUREAU, "2021-03", training("2021-03-05")))
    act = Act(who="管理员", why="三月通报已发")
    close_month(engine, MARCH, act)
    publish_all(engine, report("training", STREET, "2021-03", training("2021-03-08")))
    before = value_of(engine, "SUB03", "2021-03", STREET).numerator

    release_month(engine, MARCH, act)
    publish(engine, "test")

    assert (before, value_of(engine, "SUB03", "2021-03", STREET).numerator) == (0, 1)
