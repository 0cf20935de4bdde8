"""The laws that hold for every history of units, whatever was merged, split, renamed or moved."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from schemas.lineage import eras, heir, heirs, own_spans, shifts
from schemas.period import add_months
from schemas.unit import Register, Unit, build_register

CODES = ("A", "B", "C", "D", "E")
DAYS = [date(2021, month, 1) for month in range(1, 13)]


@st.composite
def histories(draw: st.DrawFn) -> Register:
    """Towns that stand one after the other: each may end and pass to some that stand then."""
    units = [Unit(code="340404", name="区", kind="district")]
    for place, code in enumerate(CODES):
        later = CODES[place + 1 :]
        ends = draw(st.one_of(st.none(), st.sampled_from(DAYS))) if later else None
        successors = draw(st.lists(st.sampled_from(later), max_size=2, unique=True)) if ends else []
        units.append(
            Unit(code=code, name=code, kind="town", parent="340404", valid_to=ends, successors=tuple(successors))
        )
    return build_register(_without_dead_successors(units), [])


def _without_dead_successors(units: list[Unit]) -> list[Unit]:
    ends = {unit.code: unit.valid_to or date.max for unit in units}
    return [
        unit.model_copy(
            update={"successors": tuple(s for s in unit.successors if unit.valid_to and ends[s] > unit.valid_to)}
        )
        for unit in units
    ]


@given(histories(), st.sampled_from(CODES), st.sampled_from(DAYS))
def test_an_heir_stands_or_nothing_followed_it(register: Register, code: str, on: date) -> None:
    for found in heirs(register.versions, code, on):
        unit = register.at(found, on)
        assert unit.is_valid(on) or not unit.successors


@given(histories(), st.sampled_from(CODES), st.sampled_from(DAYS))
def test_the_heir_of_an_heir_is_itself(register: Register, code: str, on: date) -> None:
    found = heir(register.versions, code, on)
    if found is not None:
        assert heir(register.versions, found, on) == found


@given(histories(), st.sampled_from(CODES), st.sampled_from(DAYS), st.sampled_from(DAYS))
def test_an_heir_passes_on_what_it_got(register: Register, code: str, one: date, other: date) -> None:
    early, late = sorted((one, other))
    onward = {last for found in heirs(register.versions, code, early) for last in heirs(register.versions, found, late)}
    assert heirs(register.versions, code, late) == onward


@given(histories())
def test_every_unit_counts_for_the_district_in_every_month(register: Register) -> None:
    for era in eras(register.versions):
        assert all("340404" in line for line in (*era.own.values(), *era.heirs.values()))


@given(histories(), st.sampled_from(CODES), st.sampled_from(DAYS), st.sampled_from((1, 3, 6, 12)))
def test_a_month_with_its_shifts_counts_as_the_units_do_that_many_months_later(
    register: Register, code: str, month: date, months_later: int
) -> None:
    found = eras(register.versions)
    lines = {era.since: era for era in found}
    own = next(era.own[code] for era in found if era.since <= month < era.until)
    seen = add_months(month, months_later)
    moved = [
        shift
        for shift in shifts(own_spans(found), found, months_later)
        if shift.unit_code == code and shift.since <= month < shift.until
    ]

    counted = own | {shift.above_code for shift in moved if shift.sign > 0}
    counted -= {shift.above_code for shift in moved if shift.sign < 0}

    assert len(lines) == len(found)
    assert counted == next(era.heirs[code] for era in found if era.since <= seen < era.until)
