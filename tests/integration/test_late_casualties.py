"""Casualties of an accident count as they were reported in time: 国务院令第493号 article 13."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pandas as pd
import pytest
import sqlalchemy as sa

from schemas.grade import accident_grade
from schemas.period import Period
from tests.integration.builders import Report, Row, build_batch, report
from tests.integration.facts import DISTRICT, HOUSING, STREET, accident
from tests.integration.published import amount_of, load_all, publish_all, value_of
from tests.integration.stage import STAGES
from warehouse import tables as t
from warehouse.acts import Act, withdraw
from warehouse.engine import Engine
from warehouse.load import load
from warehouse.trace import trace
from warehouse.values import values_as_known

DAY = "2021-03-09"
BEFORE, LAST_DAY, TOO_LATE = "2021-03-20 10:00", "2021-04-08 23:59", "2021-04-09 00:00"
LAST_OF_7, EIGHTH_DAY = "2021-03-16 23:59", "2021-03-17 00:00"


def flash(**said: object) -> Row:
    """One dead, entered on the day."""
    return {**accident(DAY, deaths=1, entered_at=f"{DAY} 10:00"), **said}


def later(entered_at: str | None, **said: object) -> Row:
    """A second death and one hurt, in a follow-up."""
    follow_up = accident(DAY, deaths=2, serious_injuries=1, minor_injuries=2, stage="follow_up")
    return {**follow_up, "entered_at": entered_at, **said}


VECTORS = [
    *((0, 0, 120), (2, 9, 999.99), (3, 0, 0), (0, 10, 0), (0, 0, 1000), (9, 49, 4999.99), (10, 0, 0)),
    *((0, 50, 0), (0, 0, 5000), (29, 99, 9999.99), (30, 0, 0), (0, 100, 0), (0, 0, 10000)),
]
Course = tuple[tuple[int, bool], ...]
"""The stage of each report, and whether it came too late."""


def grades_of_casualties(figures: pd.DataFrame) -> list[str]:
    """The grades that a report gives whose loss is still unknown."""
    unknown = figures["direct_loss_wan"] * 0
    return [str(grade) for grade in accident_grade(figures["deaths"], figures["serious_injuries"], unknown)]


def number_of(number: int) -> str:
    return f"SG34040420210309{number:03d}"


def told(number: int, course: Course, place: int, role: str) -> Row:
    """What one of three reports says: as many deaths as its place among them, and a loss that tells them apart."""
    stage, is_late = course[place]
    return accident(
        DAY,
        accident_no=number_of(number),
        # Names that are not alike: nobody shall be asked whether all of them are one accident.
        enterprise_name=f"{number:03d}",
        stage=STAGES[stage],
        cancel_basis="illness" if STAGES[stage] == "cancelled" else None,
        entered_at=TOO_LATE if is_late else LAST_DAY,
        deaths=place + 1,
        direct_loss_wan=200.0 + place,
        reporter_role=role,
    )


def expected(course: Course) -> tuple[int, int] | None:
    """The deaths and the loss that count; the last report is the department's, and wins at the same stage."""
    ranked = sorted(range(len(course)), key=lambda place: (course[place][0], place), reverse=True)
    winner = ranked[0]
    if STAGES[course[winner][0]] == "cancelled":
        return None
    in_time = [place for place in ranked if not course[place][1]]
    return (in_time or ranked)[0] + 1, 200 + winner


def moment(engine: Engine) -> datetime:
    """The time of what was recorded last."""
    with engine.connect() as connection:
        found = connection.execute(sa.select(t.clock.c.moment)).scalar_one()
    assert isinstance(found, datetime)
    return found


def as_known(engine: Engine, code: str, at: datetime) -> object:
    values = values_as_known(engine, Period.parse("2021-03"), DISTRICT, at).indicators
    return next(value.value for value in values if value.code == code)


def of_street(row: Row, month: str = "2021-03") -> Report:
    return report("accident", STREET, month, row)


def counted(engine: Engine) -> dict[str, object]:
    """What is listed as the only accident that counts."""
    with engine.connect() as connection:
        return dict(connection.execute(sa.text("SELECT * FROM mart.accident")).mappings().one())


def months_of(engine: Engine, indicator: str) -> list[str]:
    """The months of the reports behind a number."""
    return [str(row.month) for row in trace(engine, indicator, Period.parse("2021-03"), DISTRICT).rows]


@pytest.mark.parametrize(
    ("sector", "entered_at", "deaths"),
    [
        ("town_gas", BEFORE, 2),
        ("town_gas", LAST_DAY, 2),
        ("town_gas", TOO_LATE, 1),
        *((sector, LAST_OF_7, 2) for sector in ("road_transport", "fire")),
        *((sector, EIGHTH_DAY, 1) for sector in ("road_transport", "fire")),
    ],
)
def test_a_death_counts_to_the_last_day_on_which_it_may_be_added(
    engine: Engine, sector: str, entered_at: str, deaths: int
) -> None:
    load_all(engine, of_street(flash(sector=sector)), of_street(later(entered_at, sector=sector), "2021-04"))
    assert amount_of(engine, "ACC02", "2021-03") == deaths
    assert counted(engine)["deaths"] == deaths


def test_late_casualties_are_kept_and_the_rest_of_the_report_counts(engine: Engine) -> None:
    verified = later(TOO_LATE, stage="verified", missing_persons=1, direct_loss_wan=300.0)
    publish_all(engine, of_street(flash(minor_injuries=4)), of_street(verified, "2021-04"))
    found = counted(engine)
    assert [found[name] for name in ("deaths", "missing_persons", "serious_injuries", "minor_injuries")] == [1, 0, 0, 4]
    assert (found["stage_name"], found["direct_loss_wan"]) == ("核报", 300)
    figures = {code: value_of(engine, code, "2021-03").value for code in ("ACC01", "ACC03", "ACC04", "ACC05")}
    assert figures == {"ACC01": 1, "ACC03": 0, "ACC04": 4, "ACC05": 300}
    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT max(deaths) FROM form.accident")).scalar() == 2


def test_a_number_leads_to_the_report_that_it_is_made_of(engine: Engine) -> None:
    grave = {"deaths": 3, "minor_injuries": 1, "grade": "2"}
    publish_all(
        engine,
        of_street(flash(**grave)),
        of_street(later(TOO_LATE, deaths=4, grade="2"), "2021-04"),
    )
    assert {code: months_of(engine, code) for code in ("ACC02", "ACC04", "ACC06", "ACC07")} == {
        code: ["2021-03"] for code in ("ACC02", "ACC04", "ACC06", "ACC07")
    }
    assert {code: months_of(engine, code) for code in ("ACC01", "ACC05")} == {
        code: ["2021-04"] for code in ("ACC01", "ACC05")
    }


def test_of_reports_in_time_the_one_that_ranks_first_has_the_casualties(engine: Engine) -> None:
    by_department = {**flash(deaths=3, reporter_role="industry")}
    publish_all(
        engine,
        of_street(flash()),
        report("accident", HOUSING, "2021-03", by_department),
        of_street(later(TOO_LATE, deaths=5), "2021-04"),
    )
    assert value_of(engine, "ACC02", "2021-03").value == 3


def test_a_later_stage_of_the_department_counts_for_the_month_of_the_accident(engine: Engine) -> None:
    verified = later(LAST_DAY, stage="verified", reporter_role="industry")
    publish_all(engine, of_street(flash()), report("accident", HOUSING, "2021-04", verified))
    assert (value_of(engine, "ACC02", "2021-03").value, value_of(engine, "ACC02", "2021-04").value) == (2, 0)
    assert counted(engine)["stage_name"] == "核报"


def test_where_nothing_came_in_time_what_came_counts(engine: Engine) -> None:
    load_all(
        engine,
        of_street(flash(entered_at=TOO_LATE)),
        of_street(later("2021-05-20 10:00"), "2021-04"),
    )
    assert amount_of(engine, "ACC02", "2021-03") == 2


@pytest.mark.parametrize("entered_at", [LAST_DAY, "2021-06-30 10:00"])
def test_an_accident_struck_off_counts_no_more_however_late(engine: Engine, entered_at: str) -> None:
    struck_off = later(entered_at, stage="cancelled", cancel_basis="illness")
    publish_all(engine, of_street(flash()), of_street(struck_off, "2021-04"))
    assert [value_of(engine, code, "2021-03").value for code in ("ACC01", "ACC02", "ACC07")] == [0, 0, 0]


@pytest.mark.parametrize(
    ("received_at", "deaths"),
    [(datetime(2021, 4, 8, 15, 59, tzinfo=UTC), 2), (datetime(2021, 4, 8, 16, 0, tzinfo=UTC), 1)],
)
def test_a_report_without_a_time_of_entry_was_entered_when_it_arrived_in_shanghai(
    engine: Engine, received_at: datetime, deaths: int
) -> None:
    load_all(engine, of_street(flash()), replace(of_street(later(None), "2021-04"), received_at=received_at))
    assert amount_of(engine, "ACC02", "2021-03") == deaths


def test_a_loss_below_the_limit_is_no_accident_by_late_casualties(engine: Engine) -> None:
    unhurt = flash(deaths=0, direct_loss_wan=1.0)
    publish_all(engine, of_street(unhurt), of_street(later(TOO_LATE, direct_loss_wan=1.0), "2021-04"))
    assert value_of(engine, "ACC01", "2021-03").value == 0


def test_when_what_came_in_time_is_withdrawn_what_came_late_counts(engine: Engine) -> None:
    publish_all(engine, of_street(flash()), of_street(later(TOO_LATE), "2021-04"))
    withdraw(engine, "accident", STREET, date(2021, 3, 1), Act(who="管理员", why="重报"))
    assert counted(engine)["deaths"] == 2


def test_as_of_before_the_later_stage_the_old_number_is_there(engine: Engine) -> None:
    publish_all(engine, of_street(flash()))
    before = moment(engine)
    publish_all(engine, of_street(later(LAST_DAY), "2021-04"))
    between = moment(engine)
    publish_all(engine, of_street(later(TOO_LATE, stage="verified", deaths=5, direct_loss_wan=300.0), "2021-05"))
    known = [
        {code: as_known(engine, code, at) for code in ("ACC02", "ACC05")} for at in (before, between, moment(engine))
    ]
    assert known == [{"ACC02": 1, "ACC05": 128}, {"ACC02": 2, "ACC05": 128}, {"ACC02": 2, "ACC05": 300}]


@pytest.mark.parametrize(
    ("reports", "outcome"),
    [
        ((of_street(flash()), of_street(later(TOO_LATE), "2021-04")), "不计入统计"),
        ((of_street(flash()), replace(of_street(later(TOO_LATE)), version=2)), "仍按本次所报计入统计"),
    ],
)
def test_the_sender_is_told_whether_a_late_change_counts(
    engine: Engine, reports: Sequence[Report], outcome: str
) -> None:
    for each in reports:
        load(engine, build_batch(each))
    with engine.connect() as connection:
        (message,) = connection.execute(sa.select(t.issue.c.message).where(t.issue.c.code == "W-F01-10")).scalars()
    assert "超过 30 日" in message
    assert outcome in message


def test_the_grade_is_of_the_casualties_and_of_the_loss_that_count(engine: Engine) -> None:
    """The test vectors of the domain, in casualties that came in time and a loss that came with late ones."""
    figures = pd.DataFrame(VECTORS, columns=["deaths", "serious_injuries", "direct_loss_wan"])
    grades = accident_grade(figures["deaths"], figures["serious_injuries"], figures["direct_loss_wan"])
    firsts = [
        accident(DAY, number, deaths=deaths, serious_injuries=serious, minor_injuries=1, entered_at=BEFORE, grade=grade)
        for number, ((deaths, serious, _), grade) in enumerate(zip(VECTORS, grades_of_casualties(figures), strict=True))
    ]
    lasts = [
        accident(DAY, number, deaths=99, stage="closed", entered_at=TOO_LATE, direct_loss_wan=loss, grade="4")
        for number, (_, _, loss) in enumerate(VECTORS)
    ]
    publish_all(engine, report("accident", STREET, "2021-03", *firsts), report("accident", STREET, "2021-04", *lasts))
    with engine.connect() as connection:
        found = connection.execute(sa.text("SELECT grade FROM mart.accident ORDER BY accident_no")).scalars().all()
    assert found == [str(grade) for grade in grades]
    assert value_of(engine, "ACC06", "2021-03").value == sum(grade > 1 for grade in grades)
    assert sorted(set(months_of(engine, "ACC06"))) == ["2021-03", "2021-04"]


@pytest.mark.slow
def test_of_any_three_reports_the_casualties_are_of_the_best_in_time(engine: Engine) -> None:
    """Every course that two reports of a town and one of a department can take, an accident for each."""
    courses = [
        course
        for course in itertools.product(itertools.product(range(len(STAGES)), (False, True)), repeat=3)
        if course[0][0] <= course[1][0]
    ]
    senders = ((STREET, "2021-03", "locality"), (STREET, "2021-04", "locality"), (HOUSING, "2021-05", "industry"))
    reports = [
        report("accident", unit, month, *(told(number, course, place, role) for number, course in enumerate(courses)))
        for place, (unit, month, role) in enumerate(senders)
    ]
    load(engine, build_batch(*reports))
    with engine.connect() as connection:
        lines = connection.execute(sa.text("SELECT accident_no, deaths, direct_loss_wan FROM mart.accident"))
        found = {line.accident_no: (line.deaths, line.direct_loss_wan) for line in lines}
    right = {number_of(number): counts for number, course in enumerate(courses) if (counts := expected(course))}
    assert found == right
