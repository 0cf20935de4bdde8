"""F13 of the sample inbox: the risk colours of all enterprises, looked at again every quarter."""

from datetime import date

from flows.demo.draw import choose, draw
from flows.demo.enterprises import ENTERPRISES, Enterprise
from flows.demo.report import Row

_COLOURS = ("blue", "yellow", "yellow", "orange")
_HIGH_RISK = ("hazardous_chemicals", "fireworks", "construction")
_RED = (2, 16)  # two enterprises of hazardous chemicals
_QUARTERS = (4, 1)
_VISITS = {"red": 12, "orange": 6, "yellow": 4, "blue": 2}


def risks(month: date) -> tuple[Row, ...]:
    """The list of the bureau as of a month."""
    quarter = next(date(month.year, first, 1) for first in _QUARTERS if first <= month.month)
    return tuple(_risk(each, quarter) for each in ENTERPRISES)


def _risk(each: Enterprise, quarter: date) -> Row:
    is_red = each.number in _RED
    colour = "red" if is_red else choose(_COLOURS, each.number, "colour")
    rank = ("blue", "yellow", "orange", "red").index(colour)
    points = [draw(4, each.number, "points", place) if place < rank else 0 for place in range(4)]
    points[rank] = 1 + draw(3, each.number, "points of colour")
    return {
        "enterprise_name": each.name,
        "uscc": each.uscc,
        "town_code": each.town_code,
        "sector": each.sector,
        "employees": 8 + draw(90, each.number, "employees") + draw(6, each.number, quarter, "employees"),
        "risk_colour": colour,
        "points_red": points[3],
        "points_orange": points[2],
        "points_yellow": points[1],
        "points_blue": points[0],
        "dual_prevention": _prevention(each, quarter),
        "standard_level": choose(("none", "3", "3", "2"), each.number, "standard"),
        "major_hazard_level": "4" if is_red else "none",
        "planned_visits": _VISITS[colour],
        "high_risk": each.sector in _HIGH_RISK,
    }


def _prevention(each: Enterprise, quarter: date) -> str:
    """One enterprise after the other builds its double prevention."""
    built_from = (
        date(2020, 1, 1) if draw(3, each.number, "built") else date(2021, (1, 4)[draw(2, each.number, "when")], 1)
    )
    return "built" if quarter >= built_from else "in_progress"
