"""Computing only what differs gives what computing everything gives, whatever came before."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from schemas.form import tables
from schemas.period import add_months
from tests.contract.batch import first_night, units_of_the_batch
from tests.integration.builders import Row, build_batch, report
from tests.integration.conftest import own_warehouse
from tests.integration.facts import BUREAU, STREET, TOWN, accident, closed, hazard, officer, training
from tests.integration.published import publish_all
from warehouse import mart
from warehouse.acts import Act, withdraw
from warehouse.compute import compute, compute_changed
from warehouse.engine import Engine
from warehouse.errors import WarehouseError
from warehouse.integrity import Kind, Tally
from warehouse.load import load
from warehouse.publish import publish
from warehouse.register import load_indicators
from warehouse.verify_mart import verify_mart
from warehouse.working import candidate, needed, touched

ACT = Act(who="管理员", why="试")
KEYS = tuple(sorted({(each.form, each.unit_code, each.month) for each in first_night() if each.unit_code}, key=str))
Step = tuple[str, int, int]
"""What happens to which report, and how much of it: fewer of its rows, none, all some time earlier or later, all once
more in a later month; or there is another month."""

steps = st.lists(
    st.tuples(
        st.sampled_from(("fewer", "withdraw", "move", "again", "another month")), st.integers(0, 99), st.integers(0, 3)
    ),
    min_size=3,
    max_size=6,
)
# By how many days the rows of a report move: within the months that are known, and to years long past and to come.
MOVES = (-33, 40, -800, 500)


@pytest.fixture
def small(server_url: str) -> Iterator[Engine]:
    with own_warehouse(server_url, units_of_the_batch()) as engine:
        yield engine


def published(engine: Engine) -> set[tuple[object, ...]]:
    value = mart.indicator_value.c
    with engine.connect() as connection:
        rows = connection.execute(sa.select(*(value[column.name] for column in mart.VALUE)))
        return {tuple(row) for row in rows}


def computed(engine: Engine) -> set[tuple[object, ...]]:
    """Everything from what is known now, without what was kept."""
    with engine.connect() as connection:
        compute(connection, load_indicators().values())
        rows = {tuple(row) for row in connection.execute(sa.select(candidate))}
        connection.rollback()
    return rows


def verified(engine: Engine) -> set[Kind]:
    """What is told of the mart: what came since it was computed is no difference."""
    tally = Tally()
    verify_mart(engine, tally)
    assert tally.checked
    return {found.kind for found in tally.found}


def happen(engine: Engine, step: Step, number: int) -> None:
    """One step, with a version that is newer than all before."""
    kind, which, much = step
    form, unit, month = KEYS[which % len(KEYS)]
    assert isinstance(month, date)
    sent = next(each for each in first_night() if (each.form, each.unit_code, each.month) == (form, unit, month))
    if kind == "withdraw":
        withdraw(engine, form, unit or "", month, ACT)
        return
    if kind == "another month":
        more = [training(f"2021-{4 + number:02d}-{day:02d}", day) for day in range(1, much + 1)]
        told = report("training", unit, f"2021-{4 + number:02d}", *more, version=number)
    elif kind == "again":
        tables = {name: _moved(name, listed, MOVES[much] if much > 1 else 0) for name, listed in sent.tables.items()}
        told = report(form, unit, f"{add_months(month, 1 + much):%Y-%m}", tables=tables, version=number)
    else:
        few = {name: list(listed)[: max(len(listed) - much, 0)] for name, listed in sent.tables.items()}
        moved = {name: _moved(name, listed, MOVES[much]) for name, listed in sent.tables.items()}
        told = report(form, unit, f"{month:%Y-%m}", tables=few if kind == "fewer" else moved, version=number)
    load(engine, build_batch(told))


def _moved(table_id: str, rows: Sequence[Row], days: int) -> list[Row]:
    """The rows of a table with every date so many days later."""
    dates = [name for name, column in tables()[table_id][1].columns.items() if column.type in ("date", "datetime")]
    return [{**row, **{name: _later(str(row[name]), days) for name in dates if row.get(name)}} for row in rows]


def _later(text: str, days: int) -> str:
    return str(datetime.fromisoformat(text) + timedelta(days=days))[: len(text)]


@pytest.mark.slow
@settings(
    max_examples=6,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(taken=steps)
def test_what_is_computed_night_by_night_is_what_is_computed_at_once(server_url: str, taken: Sequence[Step]) -> None:
    with own_warehouse(server_url, units_of_the_batch()) as engine:
        told(engine, taken)


def told(engine: Engine, taken: Sequence[Step]) -> None:
    """Every step, and after each the comparison."""
    publish_all(engine, *first_night())
    for number, step in enumerate(taken, 2):
        try:
            happen(engine, step, number)
        except WarehouseError:
            continue
        assert verified(engine) <= {"pending"}, step
        publish(engine, "test")
        assert published(engine) == computed(engine), step
        assert verified(engine) == set(), step


def test_what_comes_is_counted_as_far_back_as_it_reaches(small: Engine) -> None:
    publish_all(small, *first_night())
    (ledger,) = (each.tables["hazard"] for each in first_night() if each.form == "hazard")
    still_open, major = (row for row in ledger if row["status"] != "closed")
    told_otherwise = accident("2021-01-09", occurred_at="2020-12-28 10:00", stage="follow_up")
    of_march = [
        # Another month, in which an old hazard is closed: it was open until then.
        report("hazard", STREET, "2021-03", closed(still_open, "2021-03-04"), major),
        # The later stage of an accident puts it into another month, and another year.
        report("accident", STREET, "2021-03", told_otherwise),
        # A register in which an officer's last training lies before those that are known.
        report("officer_community", STREET, "2021-03", officer(STREET, "2020-12-30")),
    ]
    # Two months more at once, and a report for a month before all others.
    outside = [report("training", TOWN, "2021-05", training("2021-05-06")), report("training", TOWN, "2020-10")]
    for reports in (of_march, outside):
        assert load(small, build_batch(*reports)).accepted == len(reports)
        publish(small, "test")
        assert verified(small) == set()
    withdraw(small, "accident", STREET, date(2021, 3, 1), ACT)
    withdraw(small, "training", TOWN, date(2021, 5, 1), ACT)
    publish(small, "test")
    assert verified(small) == set()


def test_a_hazard_that_is_listed_as_before_reaches_back_to_the_month_of_the_ledger_alone(small: Engine) -> None:
    publish_all(small, *first_night(), report("training", BUREAU, "2021-03"))
    (ledger,) = (each.tables["hazard"] for each in first_night() if each.form == "hazard")
    as_before, major = (row for row in ledger if row["status"] != "closed")
    load(small, build_batch(report("hazard", STREET, "2021-03", as_before, major, hazard("2021-03-02"))))
    assert reaches(small, "open_hazards") == date(2021, 3, 1)
    load(small, build_batch(report("hazard", STREET, "2021-03", closed(as_before, "2021-03-09"), major, version=2)))
    assert reaches(small, "open_hazards") == date(2021, 2, 5)
    assert reaches(small, "drills") is None


def reaches(engine: Engine, indicator_id: str) -> date | None:
    """The first day from which on an indicator is added up again."""
    with engine.connect() as connection:
        compute_changed(connection)
        found = connection.execute(sa.select(touched.c.since).where(touched.c.indicator_id == indicator_id))
        since: date | None = found.scalar_one_or_none()
        connection.rollback()
    return since


def test_a_night_without_news_computes_nothing(small: Engine) -> None:
    publish_all(small, *first_night())

    again = publish(small, "test")

    assert (again.publication_id, again.changed) == (None, 0)
    assert again.values == len(published(small))


def test_a_new_report_wants_only_the_periods_that_contain_its_month_or_are_compared_with_it(small: Engine) -> None:
    publish_all(small, *first_night())
    load(small, build_batch(report("hazard", TOWN, "2021-01", hazard("2021-01-05", 9, town_code=TOWN))))

    with small.connect() as connection:
        compute_changed(connection)
        wanted = connection.execute(
            sa.select(needed).where(needed.c.is_wanted, needed.c.indicator_id == "deaths")
        ).all()
        found = connection.execute(
            sa.select(needed.c.start_on)
            .where(needed.c.is_wanted, needed.c.indicator_id == "hazards_found", needed.c.period_kind == "month")
            .order_by(needed.c.start_on)
        ).scalars()
        assert list(found) == [date(2021, 1, 1), date(2021, 2, 1)]
        assert wanted == []
        connection.rollback()
