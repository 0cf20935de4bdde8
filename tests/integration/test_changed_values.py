"""Computing only what differs gives what computing everything gives, whatever came before."""

from collections.abc import Iterator, Sequence
from datetime import date

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.contract.batch import first_night, units_of_the_batch
from tests.integration.builders import Report, build_batch, report
from tests.integration.conftest import own_warehouse
from tests.integration.facts import TOWN, hazard, training
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
from warehouse.working import candidate, needed

ACT = Act(who="管理员", why="试")
KEYS = tuple(sorted({(each.form, each.unit_code, each.month) for each in first_night() if each.unit_code}, key=str))
Step = tuple[str, int, int]
"""What happens (a report, a withdrawal, a month more), to which report, and in how many rows."""

steps = st.lists(
    st.tuples(st.sampled_from(("report", "report", "withdraw", "later")), st.integers(0, 99), st.integers(0, 3)),
    min_size=3,
    max_size=6,
)


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
    kind, which, rows = step
    form, unit, month = KEYS[which % len(KEYS)]
    assert isinstance(month, date)
    if kind == "withdraw":
        withdraw(engine, form, unit or "", month, ACT)
    elif kind == "later":
        more = [training(f"2021-03-{day:02d}", day) for day in range(1, rows + 1)]
        load(engine, build_batch(report("training", unit, "2021-03", *more, version=number)))
    else:
        load(engine, build_batch(_changed(form, unit or "", month, rows, number)))


def _changed(form: str, unit: str, month: date, rows: int, number: int) -> Report:
    """Another report of what was sent; of most forms the same rows, fewer of them."""
    sent = next(each for each in first_night() if (each.form, each.unit_code, each.month) == (form, unit, month))
    tables = {name: list(listed)[: max(len(listed) - rows, 0)] for name, listed in sent.tables.items()}
    return report(form, unit, f"{month:%Y-%m}", tables=tables, version=number)


@pytest.mark.slow
@settings(
    max_examples=2,
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
