"""F09 of the sample inbox: rescue teams and the stock of supplies, as they stand at the end of a month."""

from datetime import date, timedelta

from flows.demo.draw import draw
from flows.demo.enterprises import PARK
from flows.demo.people import person, phone
from flows.demo.report import Row
from schemas.unit import Unit, load_register

_OF_TOWNS = (("grassroots", "应急救援队", 6, 18), ("flood", "防汛抢险队", 0, 24))
_OF_UNITS = {
    PARK: (("enterprise", "企业专兼职救援队", 4, 16),),
    "340404D04": (("fire_rescue", "消防救援站", 38, 0),),
    "340404D07": (("flood", "抗旱排涝服务队", 8, 12),),
    "340404D14": (("forest_fire", "森林防灭火队", 12, 20),),
    "340404D17": (("professional", "粮食物资应急保障队", 5, 10),),
}
# Code (GB/T 38565: class, then 99 for what the list does not name), name, kind, unit, quota.
_SUPPLIES = (
    ("1990001", "棉被", "1.5米", "床", 60),
    ("1990002", "帐篷", "12平方米", "顶", 20),
    ("2990001", "救生衣", "成人", "件", 80),
    ("2990002", "应急照明灯", "LED", "台", 12),
    ("3990001", "编织袋", "60×100厘米", "条", 3000),
    ("3990002", "铁锹", "钢制", "把", 100),
)
_KEPT = 4
_PERSONS = 400
# Teams train in January and May, stock is counted every quarter: that is when the picture changes.
_TRAINED, _COUNTED = {1: 1, 5: 5}, {1: 1, 4: 4}


def teams(unit_code: str, month: date) -> tuple[Row, ...]:
    """The teams of a unit."""
    unit = load_register().units[unit_code]
    kinds = _OF_TOWNS if unit.level == "township" else _OF_UNITS[unit_code]
    return tuple(_team(unit, number, *kind, month) for number, kind in enumerate(kinds, start=1))


def supplies(unit_code: str, month: date) -> tuple[Row, ...]:
    """The stock of a unit; each keeps four of the six kinds."""
    unit = load_register().units[unit_code]
    first = draw(len(_SUPPLIES), unit_code, "first supply")
    return tuple(_supply(unit, _SUPPLIES[(first + number) % len(_SUPPLIES)], month) for number in range(_KEPT))


def _team(unit: Unit, number: int, kind: str, name: str, full_time: int, part_time: int, month: date) -> Row:
    someone = draw(_PERSONS, unit.code, "team", number)
    trained_on = _last(month, _TRAINED) + timedelta(days=7 + draw(14, unit.code, "trained", number))
    return {
        "team_no": f"DW{unit.code}{number:02d}",
        "team_name": f"{unit.name}{name}",
        "team_type": kind,
        "parent_org": unit.name,
        "leader": person(someone),
        "phone": phone(someone),
        "full_time": full_time,
        "part_time": part_time + draw(4, unit.code, month.year, number) if part_time else 0,
        "last_trained_on": trained_on,
        "agreement": kind in ("enterprise", "professional"),
    }


def _supply(unit: Unit, kind: tuple[str, str, str, str, int], month: date) -> Row:
    code, name, spec, measure, quota = kind
    counted_on = _last(month, _COUNTED) + timedelta(days=9 + draw(12, unit.code, "counted"))
    return {
        "warehouse": f"{unit.name}应急物资库",
        "item_code": code,
        "item_name": name,
        "spec": spec,
        "unit_of_measure": measure,
        "stock": float(quota + draw(quota // 4, unit.code, code, counted_on)),
        "quota": float(quota),
        "expires_on": date(2024, 12, 31) if name == "救生衣" else None,
        "counted_on": counted_on,
    }


def _last(month: date, months: dict[int, int]) -> date:
    """The first day of the latest of some months of the year."""
    return date(month.year, max(number for number in months if number <= month.month), 1)
