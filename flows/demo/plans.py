"""F08 of the sample inbox: the plans of a unit as they stand, and the drills of a month."""

from collections.abc import Iterator
from datetime import date, timedelta

from flows.demo.draw import draw
from flows.demo.enterprises import PARK
from flows.demo.report import Row
from schemas.period import add_months
from schemas.unit import Unit, load_register

# Kind and hazard of each plan, and what it is called behind the unit's name.
_OF_TOWNS = (
    ("overall", "comprehensive", "突发事件总体应急预案"),
    ("special", "flood_drought", "防汛抗旱应急预案"),
    ("special", "workplace_safety", "生产安全事故应急预案"),
    ("special", "forest_fire", "森林火灾应急预案"),
)
_OF_UNITS = {
    PARK: (("comprehensive", "workplace_safety", "生产安全事故综合应急预案"),),
    "340404D01": (
        ("special", "workplace_safety", "区生产安全事故应急预案"),
        ("special", "hazardous_chemicals", "区危险化学品事故应急预案"),
        ("special", "earthquake", "区地震应急预案"),
    ),
    "340404D02": (
        ("department", "construction", "建筑施工事故应急预案"),
        ("department", "town_gas", "城镇燃气事故应急预案"),
    ),
    "340404D04": (("department", "fire", "火灾事故应急救援预案"),),
    "340404D06": (("department", "road_transport", "道路运输事故应急预案"),),
    "340404D08": (("department", "crowd", "校园安全应急预案"),),
    "340404D11": (("department", "other", "突发公共事件医疗卫生救援预案"),),
    "340404D12": (("department", "crowd", "文化旅游突发事件应急预案"),),
}
# The bureau had plans revised in spring (seed: 修订完善应急预案); the flood plans of the towns every year before 汛期.
_REVISED = {2020: date(2020, 4, 8), 2021: date(2021, 4, 9)}
_YEARS_VALID = 3
_FLOOD_DRILL_MONTH, _JUNE = 5, 6


def plans(unit_code: str, month: date) -> tuple[Row, ...]:
    """The plans of a unit at the end of a month."""
    unit = load_register().units[unit_code]
    return tuple(_plan(unit, number, month) for number in range(1, 1 + len(_kinds(unit))))


def drills(unit_code: str, month: date) -> tuple[Row, ...]:
    """The drills that a unit held in a month: of floods in May in the towns, of its main plan in June."""
    return tuple(_drills(load_register().units[unit_code], month))


def _kinds(unit: Unit) -> tuple[tuple[str, str, str], ...]:
    return _OF_TOWNS if unit.level == "township" else _OF_UNITS[unit.code]


def _plan(unit: Unit, number: int, month: date) -> Row:
    kind, hazard, name = _kinds(unit)[number - 1]
    issued_on = date(2018, 3, 1) + timedelta(days=draw(500, unit.code, number, "issued"))
    revised_on = _last_revision(unit, number, month)
    filed_on = (revised_on or date(2019, 9, 2)) + timedelta(days=5 + draw(6, unit.code, number, "filed"))
    return {
        "plan_no": f"YA{unit.code}{number:02d}",
        "plan_name": f"{unit.name}{name}" if unit.level != "other" or unit.code == PARK else name,
        "owner_name": unit.name,
        "plan_type": kind,
        "hazard_type": hazard,
        "issued_on": issued_on,
        "revised_on": revised_on,
        "revision_reason": str(1 + draw(6, unit.code, number, "reason")) if revised_on else None,
        "filed_on": filed_on,
        "filed_with": "区应急管理局" if unit.code != "340404D01" else "谢家集区人民政府",
        "valid_until": filed_on.replace(day=1, year=filed_on.year + _YEARS_VALID),
    }


def _last_revision(unit: Unit, number: int, month: date) -> date | None:
    hazard = _kinds(unit)[number - 1][1]
    years = (2020, 2021) if hazard == "flood_drought" else (2021,) if number == 1 else ()
    days = [_REVISED[year] + timedelta(days=draw(10, unit.code, "revised")) for year in years]
    return max((day for day in days if day < add_months(month, 1)), default=None)


def _drills(unit: Unit, month: date) -> Iterator[Row]:
    floods = [number for number, kind in enumerate(_kinds(unit), start=1) if kind[1] == "flood_drought"]
    if floods and month.month == _FLOOD_DRILL_MONTH:
        yield _drill(unit, month, floods[0], "防汛抢险演练", "field", 18)
    if month.month == _JUNE and (month.year + int(unit.code[-1], 36)) % 2:
        yield _drill(unit, month, len(_kinds(unit)), "安全生产月应急演练", "field", 36)
    elif month.month == 3 and draw(3, unit.code, month, "tabletop") == 0:
        yield _drill(unit, month, 1, "应急响应桌面推演", "tabletop", 14)


def _drill(unit: Unit, month: date, plan: int, title: str, form: str, people: int) -> Row:
    held_on = month + timedelta(days=8 + draw(14, unit.code, month, title))
    return {
        "drill_no": f"YL{unit.code}{held_on:%Y%m%d}",
        "held_on": held_on,
        "plan_no": f"YA{unit.code}{plan:02d}",
        "drill_name": f"{unit.name}{held_on.year}年{title}",
        "content_kind": "comprehensive" if form == "field" and people > 20 else "single",
        "form_kind": form,
        "organizer": unit.name,
        "organizer_level": "township"
        if unit.level == "township"
        else "enterprise"
        if unit.code == PARK
        else "district",
        "participants": people + draw(10, unit.code, month, "people"),
        "observers": draw(20, unit.code, month, "observers"),
        "evaluated": True,
        "problems": draw(4, unit.code, month, "problems"),
        "needs_revision": False,
    }
