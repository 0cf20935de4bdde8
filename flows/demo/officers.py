"""F10 of the sample inbox: who keeps watch in each place and when they were last trained, and the model communities."""

from collections.abc import Sequence
from datetime import date, timedelta

from flows.demo.draw import draw, happens
from flows.demo.people import person, phone
from flows.demo.report import Row
from schemas.period import add_months
from schemas.unit import DISTRICT, Register

# The sessions of F06: two towns train their own officers, the bureau all others. Some missed spring 2020.
_OF_DISTRICT_2020, _OF_DISTRICT_2021 = date(2020, 6, 9), date(2021, 5, 13)
_OF_TOWNS_2020, _OF_TOWNS_2021 = {"340404103": date(2020, 5, 27)}, {"340404200": date(2021, 4, 16)}
_AUTUMN_2020 = date(2020, 10, 15)
_TRAINED_IN_SPRING_2020_PCT = 68

# Community, year, when its papers went up, score before and at that time.
_COMMUNITIES = (
    ("340404100201", 2020, date(2020, 6, 18), 78.5, 86.0),
    ("340404001001", 2021, date(2021, 6, 18), 76.0, 88.5),
    ("340404101001", 2021, date(2021, 6, 21), 74.5, 85.0),
    ("340404102210", 2021, date(2021, 6, 22), 79.0, 90.5),
)


def officer_rows(unit_code: str, month: date, register: Register) -> tuple[Row, ...]:
    """The officers that a unit names for a month: one for each of its places (A), for some a second (B)."""
    every = sorted(
        {DISTRICT, *(code for code, unit in register.units.items() if unit.level in ("township", "village"))}
    )
    places = sorted(register.places_of(unit_code, month))
    seats = [(place, role) for place in places for role in ("A", "B") if role == "A" or happens(35, place, "B")]
    return tuple(
        _officer(place, role, 2 * every.index(place) + (role == "B"), month, register) for place, role in seats
    )


def _officer(place: str, role: str, number: int, month: date, register: Register) -> Row:
    trained_on = max(day for day in _trainings_of(place) if day < add_months(month, 1))
    return {
        "level": register.units[place].level,
        "place_code": place,
        "place_name": register.units[place].name,
        "name": person(number),
        "ab_role": role,
        "phone": phone(number),
        "registered": True,
        "last_trained_on": trained_on,
        "trained_by": "district" if trained_on in (_OF_DISTRICT_2020, _OF_DISTRICT_2021) else "township",
    }


def _trainings_of(place: str) -> Sequence[date]:
    """The days on which the officers of a place were trained; the first lies before the first report."""
    is_trained = place == DISTRICT or happens(_TRAINED_IN_SPRING_2020_PCT, place, "2020")
    in_2019 = date(2019, 7, 1) + timedelta(days=draw(150, place, "2019"))
    in_2020 = _OF_TOWNS_2020.get(place[:9], _OF_DISTRICT_2020) if is_trained else _AUTUMN_2020
    return (in_2019, in_2020, _OF_TOWNS_2021.get(place[:9], _OF_DISTRICT_2021))


def community_rows(unit_code: str, month: date, register: Register) -> tuple[Row, ...]:
    """The communities of a township that strive for the title, from the year in which they begin."""
    return tuple(
        {
            "community_code": code,
            "community_name": register.units[code].name,
            "target_level": ("national", "provincial"),
            "year": year,
            "stage": "applied" if applied_on < add_months(month, 1) else "founding",
            "applied_on": applied_on if applied_on < add_months(month, 1) else None,
            "score": after if applied_on < add_months(month, 1) else before,
        }
        for code, year, applied_on, before, after in _COMMUNITIES
        if code.startswith(unit_code) and year <= month.year
    )
