"""Units that are merged, split, renamed and moved: their own values, what these are compared with, and as was known.

The figures are trainings; each scenario has them by unit and month.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from itertools import count, product
from typing import NamedTuple

import pytest
import sqlalchemy as sa

from schemas.period import Period
from schemas.unit import Register
from tests.integration.builders import Report, build_batch, report
from tests.integration.conftest import own_warehouse
from tests.integration.facts import DISTRICT, UNITS, closed, hazard, training
from tests.integration.published import publish_all
from tests.integration.registers import register_of
from warehouse.compute import compute
from warehouse.engine import Engine, know_as_of
from warehouse.load import load
from warehouse.publish import publish
from warehouse.register import load_indicators
from warehouse.setup import prepare
from warehouse.status import month_status
from warehouse.trace import trace
from warehouse.working import candidate

LIYINGZI, TANGSHAN, PARK = "340404101", "340404102", "340404P01"
NEW, OTHER = "340404104", "340404105"
Trainings = Mapping[tuple[str, str], int]


class Seen(NamedTuple):
    """A value, what it is compared with, and the reports: received of expected, now and a year ago."""

    value: object
    year_ago: object
    previous: object
    reports: tuple[int, int]
    year_ago_reports: tuple[int | None, int | None]


def entry(code: str, name: str, kind: str = "town", parent: str = DISTRICT, **said: str) -> str:
    fields = "".join(f"{key} = {value}\n" for key, value in said.items())
    return f'[[units]]\ncode = "{code}"\nname = "{name}"\nkind = "{kind}"\nparent = "{parent}"\n{fields}'


def changed(*entries: str) -> Register:
    return register_of(*UNITS, NEW, OTHER, own="\n".join(entries))


MERGED = changed(entry(TANGSHAN, "唐山镇", valid_to="2021-04-01", successors=f'["{LIYINGZI}"]'))
SPLIT = changed(
    entry(TANGSHAN, "唐山镇", valid_to="2021-04-01", successors=f'["{NEW}", "{OTHER}"]'),
    entry(NEW, "唐山东镇", valid_from="2021-04-01"),
    entry(OTHER, "唐山西镇", valid_from="2021-04-01"),
)
RENAMED = changed(
    entry(TANGSHAN, "唐山镇", valid_to="2021-04-01"), entry(TANGSHAN, "新唐山镇", valid_from="2021-04-01")
)
MOVED = changed(
    entry(PARK, "智造园区", "park", valid_to="2021-04-01"),
    entry(PARK, "智造园区", "park", LIYINGZI, valid_from="2021-04-01"),
)
TOWNS: Trainings = {
    (TANGSHAN, "2020-03"): 2, (TANGSHAN, "2020-04"): 3, (TANGSHAN, "2021-03"): 4,
    (LIYINGZI, "2020-03"): 1, (LIYINGZI, "2020-04"): 1, (LIYINGZI, "2021-03"): 1, (LIYINGZI, "2021-04"): 7,
}  # fmt: skip


def reports(trainings: Trainings) -> list[Report]:
    """One report for each, its trainings on days and under titles of their own."""
    numbers = count(1)
    return [
        report("training", unit, month, *(_training(month, next(numbers)) for _ in range(times)))
        for (unit, month), times in trainings.items()
    ]


def _training(month: str, number: int) -> Mapping[str, object]:
    return training(f"{month}-{number % 28 + 1:02d}", number, title=f"{'甲乙丙丁戊己庚辛壬癸'[number % 10] * number}班")


def seen(engine: Engine, period: str, unit: str, as_of: datetime | None = None) -> Seen | None:
    """The trainings of a unit as computed from what is known (at a moment); None where it has no value."""
    wanted = Period.parse(period)
    c = candidate.c
    statement = sa.select(candidate).where(
        c.indicator_id == "trainings",
        c.unit_code == unit,
        c.period_kind == wanted.kind,
        c.start_on == wanted.start_on,
        c.end_on == wanted.end_on,
    )
    with engine.begin() as connection:
        if as_of:
            know_as_of(connection, as_of)
        compute(connection, [load_indicators()["trainings"]], wanted)
        row = connection.execute(statement).mappings().one_or_none()
        connection.rollback()
    if row is None:
        return None
    return Seen(
        row["value"],
        row["year_ago"],
        row["previous"],
        (row["reports_received"], row["reports_expected"]),
        (row["year_ago_received"], row["year_ago_expected"]),
    )


def play(engine: Engine, changed_units: Register, trainings: Trainings, after: Trainings | None = None) -> datetime:
    """Load and publish, then let the units change, load what came after and publish; the moment before the change."""
    publish_all(engine, *reports(trainings))
    before = datetime.now(UTC)
    prepare(engine, changed_units)
    if after:
        load(engine, build_batch(*reports(after)))
    publish(engine, "after the change")
    return before


@pytest.fixture(scope="module")
def merger(server_url: str) -> Iterator[tuple[Engine, datetime]]:
    """A warehouse with a merged unit, and the moment before it was; for tests that only read."""
    with own_warehouse(server_url, register_of(*UNITS)) as engine:
        yield engine, play(engine, MERGED, TOWNS)


def test_a_merged_unit_counts_under_its_own_name_in_its_own_time(merger: tuple[Engine, datetime]) -> None:
    engine, _ = merger

    assert seen(engine, "2021-03", TANGSHAN) == Seen(4, 2, None, (1, 1), (1, 1))
    assert seen(engine, "2021-03", LIYINGZI) == Seen(1, 1, None, (1, 1), (1, 1))
    assert seen(engine, "2021-04", TANGSHAN) is None
    assert seen(engine, "2021-04-ytd", TANGSHAN) == Seen(4, 2, None, (1, 3), (1, 1))


def test_the_successor_is_compared_with_what_both_had_together(merger: tuple[Engine, datetime]) -> None:
    engine, _ = merger

    assert seen(engine, "2021-04", LIYINGZI) == Seen(7, 1 + 3, 1 + 4, (1, 1), (2, 2))
    assert seen(engine, "2021-04-ytd", LIYINGZI) == Seen(1 + 7, 1 + (1 + 3), None, (2, 4), (3, 3))
    assert seen(engine, "2021-Q2", LIYINGZI) == Seen(7, 1 + 3, 1 + 4, (1, 1), (2, 6))


def test_the_district_is_the_same_whoever_was_merged(merger: tuple[Engine, datetime]) -> None:
    engine, before = merger
    after, earlier = seen(engine, "2021-04", DISTRICT), seen(engine, "2021-04", DISTRICT, before)

    assert after
    assert earlier
    assert (after.value, after.year_ago, after.previous) == (7, 4, 5)
    assert (earlier.value, earlier.year_ago, earlier.previous) == (7, 4, 5)
    assert (after.reports, earlier.reports) == ((1, 8), (1, 9))


def test_as_known_before_the_merger_was_recorded_there_was_none(merger: tuple[Engine, datetime]) -> None:
    engine, before = merger

    assert seen(engine, "2021-04", LIYINGZI, before) == Seen(7, 1, 1, (1, 1), (1, 1))
    assert seen(engine, "2021-04", TANGSHAN, before) == Seen(None, 3, 4, (0, 1), (1, 1))


@pytest.mark.slow
def test_the_past_of_a_split_unit_counts_for_the_district_and_for_no_part(engine: Engine) -> None:
    play(engine, SPLIT, TOWNS, after={(NEW, "2021-04"): 5, (OTHER, "2021-04"): 6})

    assert seen(engine, "2021-04", NEW) == Seen(5, None, None, (1, 1), (None, None))
    assert seen(engine, "2021-04", OTHER) == Seen(6, None, None, (1, 1), (None, None))
    district = seen(engine, "2021-04", DISTRICT)
    assert district
    assert district[:3] == (7 + 5 + 6, 1 + 3, 1 + 4)


def test_a_renamed_unit_stays_one_unit_and_is_shown_by_the_name_of_the_time(engine: Engine) -> None:
    play(engine, RENAMED, {**TOWNS, (TANGSHAN, "2021-04"): 9})

    assert seen(engine, "2021-04", TANGSHAN) == Seen(9, 3, 4, (1, 1), (1, 1))
    names = [
        {line.unit_name for line in month_status(engine, date(2021, month, 1)) if line.unit_code == TANGSHAN}
        for month in (3, 4)
    ]
    assert names == [{"唐山镇"}, {"新唐山镇"}]


PARKS: Trainings = {
    (PARK, "2020-03"): 2, (PARK, "2020-04"): 3, (PARK, "2021-03"): 4, (PARK, "2021-04"): 5,
    (LIYINGZI, "2020-03"): 1, (LIYINGZI, "2020-04"): 1, (LIYINGZI, "2021-03"): 1, (LIYINGZI, "2021-04"): 1,
}  # fmt: skip


def test_a_moved_unit_counts_under_its_new_parent_from_then_on_and_in_what_that_is_compared_with(
    engine: Engine,
) -> None:
    before = play(engine, MOVED, PARKS)

    assert seen(engine, "2021-03", LIYINGZI) == Seen(1, 1, None, (1, 1), (1, 1))
    assert seen(engine, "2021-04", LIYINGZI) == Seen(1 + 5, 1 + 3, 1 + 4, (2, 2), (2, 2))
    assert seen(engine, "2021-04-ytd", LIYINGZI) == Seen(1 + 6, 1 + 4, None, (3, 5), (3, 3))
    assert seen(engine, "2021-04", PARK) == Seen(5, 3, 4, (1, 1), (1, 1))
    assert seen(engine, "2021-04", LIYINGZI, before) == Seen(1, 1, 1, (1, 1), (1, 1))


_CHANGES = [
    pytest.param(MERGED, id="merged"),
    pytest.param(SPLIT, id="split", marks=pytest.mark.slow),
    pytest.param(MOVED, id="moved", marks=pytest.mark.slow),
]


@pytest.mark.parametrize("changed_units", _CHANGES)
def test_the_rows_of_a_trace_add_up_to_the_value(engine: Engine, changed_units: Register) -> None:
    play(engine, changed_units, {**TOWNS, **PARKS})

    periods = map(Period.parse, ("2021-03", "2021-04", "2021-04-ytd", "2021-H1", "2020"))
    for period, unit in product(periods, (DISTRICT, LIYINGZI, TANGSHAN, PARK)):
        found = trace(engine, "trainings", period, unit)
        assert sum(int(row.numerator or 0) for row in found.rows) == (found.value or 0), (period, unit)


def test_what_is_counted_over_a_period_belongs_to_what_the_unit_is_at_its_end(engine: Engine) -> None:
    rows = [closed(hazard("2021-03-02", 1), "2021-03-20"), hazard("2021-03-03", 2)]
    publish_all(
        engine,
        report("hazard", TANGSHAN, "2021-03", *rows),
        report("hazard", LIYINGZI, "2021-04", closed(hazard("2021-04-03", 3), "2021-04-20")),
    )
    prepare(engine, MERGED)
    publish(engine, "after the change")

    def rate(period: str, unit: str) -> tuple[object, int]:
        found = trace(engine, "HAZ04", Period.parse(period), unit)
        return found.value, len(found.rows)

    assert rate("2021-03", TANGSHAN) == (50, 2)
    assert rate("2021-Q1", TANGSHAN) == (50, 2)
    assert rate("2021-H1", TANGSHAN) == (None, 0)
    assert rate("2021-04", LIYINGZI) == (100, 1)
    assert rate("2021-H1", LIYINGZI) == (pytest.approx(200 / 3), 3)


def test_a_change_that_is_made_again_writes_nothing(engine: Engine) -> None:
    history = sa.text("SELECT count(*), count(recorded_to) FROM core.unit_version")
    prepare(engine, MERGED)
    with engine.connect() as connection:
        first = connection.execute(history).one()
    prepare(engine, MERGED)

    with engine.connect() as connection:
        again = connection.execute(history).one()
    assert tuple(again) == tuple(first)
    assert first[1] == 1
