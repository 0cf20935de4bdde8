"""What every indicator owes, whoever wrote it."""

from collections.abc import Mapping

import pytest
import sqlalchemy as sa

from schemas.indicator import Indicator
from schemas.period import Period
from schemas.unit import load_register
from tests.integration.builders import Report, report
from tests.integration.facts import (
    BUREAU,
    DISTRICT,
    HOUSING,
    MANAGEMENT,
    STREET,
    TOWN,
    accident,
    closed,
    community,
    hazard,
    incident,
    officer,
    training,
    villages,
)
from tests.integration.published import publish_all
from warehouse import mart
from warehouse.compute import period
from warehouse.contributions import columns_of, contributions
from warehouse.engine import Engine
from warehouse.register import load_indicators, sync_indicators
from warehouse.setup import prepare
from warehouse.trace import trace

VILLAGE = f"{STREET}001"
EVERY = list(load_indicators().values())


def reports() -> list[Report]:
    """Three months over a turn of the year, in which every indicator has something to count."""
    grave = accident("2020-12-09", deaths=3, serious_injuries=1, minor_injuries=2, grade="2")
    officers = [officer(STREET, "2021-01-11"), officer(VILLAGE, "2020-12-12")]
    return [
        report("accident", STREET, "2020-12", grave),
        report("accident", STREET, "2021-01", accident("2021-01-09"), accident("2020-12-30", minor_injuries=1)),
        report("accident", HOUSING, "2021-01", accident("2021-01-09", reporter_role="industry")),
        report("accident", TOWN, "2021-01"),
        report("incident", MANAGEMENT, "2020-12", incident("2020-12-05", town_code=TOWN)),
        report("incident", STREET, "2021-02", incident("2021-02-03"), incident("2021-02-04", cause_code="misuse")),
        report("training", BUREAU, "2020-12", training("2020-12-05"), training("2020-12-06")),
        report("training", BUREAU, "2021-02", training("2021-02-05"), training("2021-01-31")),
        report("training", TOWN, "2021-02", training("2021-02-06", organizer_level="township")),
        report("officer_community", BUREAU, "2021-01", officer(DISTRICT, "2021-01-13")),
        report("hazard", STREET, "2021-02", closed(hazard("2021-02-03"), "2021-02-20"), hazard("2021-02-05", 2)),
        report(
            "officer_community", STREET, "2021-01",
            tables={"officer": officers, "community": [community(VILLAGE, "2021-01-18")]},
        ),
    ]  # fmt: skip


@pytest.fixture
def small(engine: Engine) -> Engine:
    """The small batch, published."""
    prepare(engine, load_register(villages({VILLAGE: STREET})))
    publish_all(engine, *reports())
    return engine


def by_id(indicator: Indicator) -> str:
    return indicator.id


@pytest.mark.parametrize("indicator", EVERY, ids=by_id)
def test_the_select_gives_the_columns_of_a_contribution(engine: Engine, indicator: Indicator) -> None:
    select = sa.select(sa.text("*")).select_from(sa.text(f"({indicator.sql}) AS contribution")).limit(0)
    with engine.begin() as connection:
        period.create(connection, checkfirst=False)
        assert set(connection.execute(select).keys()) >= set(columns_of(indicator))


def test_every_indicator_counts_something_in_the_small_batch(small: Engine) -> None:
    counted = sa.select(mart.indicator_value.c.indicator_id).where(mart.indicator_value.c.numerator > 0).distinct()
    with small.connect() as connection:
        assert set(connection.execute(counted).scalars()) == set(load_indicators())


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
        assert {row.form for row in found if row.form} == set(indicator.source), indicator.id
        assert all(row.file and row.sheet and row.row and row.cells for row in found if row.form), indicator.id


def test_a_dated_row_contributes_once(small: Engine) -> None:
    for indicator in EVERY:
        if indicator.over_time == "sum":
            with small.connect() as connection:
                ids = list(connection.execute(sa.select(contributions(indicator).c.source_id)).scalars())
            assert len(ids) == len(set(ids)), indicator.id
            assert None not in ids, indicator.id


def test_parts_of_a_breakdown_add_up_to_the_whole(small: Engine) -> None:
    value = mart.indicator_value.c
    key = [value.indicator_id, value.unit_code, value.period_kind, value.start_on, value.end_on]
    sums = [sa.func.coalesce(sa.func.sum(figure), 0) for figure in (value.numerator, value.denominator)]

    def added_up(is_part: sa.ColumnElement[bool]) -> Mapping[object, object]:
        with small.connect() as connection:
            rows = connection.execute(sa.select(*key, *sums).where(is_part).group_by(*key)).all()
        return {tuple(row[:5]): tuple(row[5:]) for row in rows}

    parts, wholes = added_up(value.dimension != ""), added_up(value.dimension == "")
    assert parts
    assert {place: wholes[place] for place in parts} == parts


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
