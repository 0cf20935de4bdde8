"""What every indicator owes, whoever wrote it."""

import re
from collections.abc import Iterator, Mapping

import pytest
import sqlalchemy as sa

from schemas.form import load_forms, tables
from schemas.indicator import REPORTS, Indicator
from schemas.period import Period
from tests.contract.batch import first_night, second_night, units_of_the_batch
from tests.integration.conftest import own_warehouse
from tests.integration.facts import DISTRICT, TOWN
from tests.integration.published import publish_all
from warehouse import mart
from warehouse.contributions import columns_of, contributions
from warehouse.engine import Engine
from warehouse.forget import columns_of_people
from warehouse.register import load_indicators, sync_indicators
from warehouse.sources import columns_used
from warehouse.trace import trace
from warehouse.working import period

EVERY = list(load_indicators().values())


@pytest.fixture(scope="module")
def small(server_url: str) -> Iterator[Engine]:
    """The small batch, published, to be read."""
    with own_warehouse(server_url, units_of_the_batch()) as engine:
        publish_all(engine, *first_night())
        publish_all(engine, *second_night())
        yield engine


def by_id(indicator: Indicator) -> str:
    return indicator.id


@pytest.mark.parametrize("indicator", EVERY, ids=by_id)
def test_the_select_gives_the_columns_of_a_contribution(small: Engine, indicator: Indicator) -> None:
    select = sa.select(sa.text("*")).select_from(sa.text(f"({indicator.sql}) AS contribution")).limit(0)
    with small.connect() as connection:
        period.create(connection, checkfirst=False)
        assert set(connection.execute(select).keys()) >= set(columns_of(indicator))
        connection.rollback()


def test_every_indicator_counts_something_in_the_small_batch(small: Engine) -> None:
    counted = sa.select(mart.indicator_value.c.indicator_id).where(mart.indicator_value.c.numerator > 0).distinct()
    with small.connect() as connection:
        assert set(connection.execute(counted).scalars()) == set(load_indicators())


@pytest.mark.slow
def test_the_rows_of_every_trace_add_up_to_the_stored_value(small: Engine) -> None:
    """Every value that is made of rows; of the others, those of the district and of one unit that reported zero."""
    value = mart.indicator_value.c
    is_made_of_rows = (sa.func.coalesce(value.numerator, 0) > 0) | (sa.func.coalesce(value.denominator, 0) > 0)
    wanted = sa.select(mart.indicator_value).where(
        value.dimension == "", is_made_of_rows | value.unit_code.in_([DISTRICT, TOWN])
    )
    with small.connect() as connection:
        stored = connection.execute(wanted).all()
    assert len(stored) > 400
    for row in stored:
        place = (row.indicator_id, Period(row.period_kind, row.start_on, row.end_on), row.unit_code)
        rows = trace(small, *place).rows
        assert sum(each.numerator or 0 for each in rows) == (row.numerator or 0), place
        assert sum(each.denominator or 0 for each in rows) == (row.denominator or 0), place
        assert all(each.numerator or each.denominator for each in rows), place


def test_every_contributing_row_leads_to_a_row_of_the_source(small: Engine) -> None:
    for indicator in EVERY:
        found = [
            row for year in ("2020", "2021") for row in trace(small, indicator.id, Period.parse(year), DISTRICT).rows
        ]
        if indicator.source == REPORTS:
            assert all(row.form in load_forms() and row.month for row in found), indicator.id
        else:
            assert {row.form for row in found if row.form} == set(indicator.source), indicator.id
            assert all(row.file and row.sheet and row.row and row.cells for row in found if row.form), indicator.id


def test_a_dated_row_contributes_once(small: Engine) -> None:
    for indicator in EVERY:
        if indicator.over_time == "sum":
            with small.connect() as connection:
                ids = list(connection.execute(sa.select(contributions(indicator).c.source_id)).scalars())
            told = [source_id for source_id in ids if source_id is not None]
            assert len(told) == len(set(told)), indicator.id
            assert len(told) == len(ids) or indicator.source == REPORTS, indicator.id


def test_parts_of_a_breakdown_add_up_to_the_whole(small: Engine) -> None:
    value = mart.indicator_value.c
    key = [value.indicator_id, value.unit_code, value.period_kind, value.start_on, value.end_on]
    sums = [sa.func.coalesce(sa.func.sum(figure), 0) for figure in (value.numerator, value.denominator)]
    added = [each.id for each in EVERY if each.over_units == "sum"]

    def added_up(dimension: str) -> Mapping[object, object]:
        where = (value.dimension == dimension, value.indicator_id.in_(added))
        with small.connect() as connection:
            rows = connection.execute(sa.select(*key, *sums).where(*where).group_by(*key)).all()
        return {tuple(row[:5]): tuple(row[5:]) for row in rows}

    wholes = added_up("")
    for dimension in {dimension for each in EVERY for dimension in each.breakdown}:
        parts = added_up(dimension)
        assert parts, dimension
        assert {place: wholes[place] for place in parts} == parts, dimension


def test_the_register_in_the_mart_is_that_of_the_files(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(sa.update(mart.indicator).where(mart.indicator.c.id == "deaths").values(name="旧名"))
        connection.execute(
            sa.update(mart.indicator).where(mart.indicator.c.id == "trainings").values(id="gone", code="OLD")
        )
        sync_indicators(connection)
        stored = connection.execute(sa.select(mart.indicator)).mappings().all()
    assert {row["id"]: row["name"] for row in stored} == {each.id: each.name for each in EVERY}
    assert {row["id"]: tuple(row["source"]) for row in stored} == {each.id: each.source for each in EVERY}


# The only one, and how it reads it: retention puts a mark in the place of a name, so that it stays filled in.
_ASKS_WHETHER_FILLED = {"HAZ09": {("hazard", "responsible")}}


@pytest.mark.parametrize("indicator", EVERY, ids=by_id)
def test_nothing_that_is_published_rests_on_who_somebody_is(indicator: Indicator) -> None:
    people = {(table_id, name) for table_id, (_, table) in tables().items() for name in columns_of_people(table)}
    read = {(table_id, name) for table_id, names in columns_used(indicator).items() for name in names}

    assert read & people == _ASKS_WHETHER_FILLED.get(indicator.code, set())
    for _, name in read & people:
        assert len(re.findall(rf"\b{name}\b", indicator.select)) == indicator.select.count(f"{name} IS NOT NULL")
